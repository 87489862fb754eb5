// Links to the sections of a page: they scroll, and mark the section in view.
window.dashboardSections = (() => {
  const patience = 5000;
  const links = () => [...document.querySelectorAll("a[data-section]")];
  const partOf = link => document.getElementById(link.dataset.section);

  function mark() {
    const all = links();
    if (all.length === 0) return;
    const edge = all[0].closest("nav").getBoundingClientRect().bottom + 24;
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const begun = all.filter(link => partOf(link)?.getBoundingClientRect().top <= edge);
    const now = atEnd && begun.length > 0 ? all.at(-1) : begun.sort((a, b) => partOf(a).getBoundingClientRect().top - partOf(b).getBoundingClientRect().top).at(-1);
    for (const link of all) {
      link.classList.toggle("active", link === now);
      if (link === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function scrollTo(id) {
    document.getElementById(id)?.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  // A fragment alone would lead to the base address, not to this page's section.
  document.addEventListener("click", event => {
    if (!event.target.closest?.("a.skip-link")) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("content")?.focus();
  }, true);

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[data-section]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    history.replaceState(history.state, "", link.href);
    scrollTo(link.dataset.section);
  }, true);

  addEventListener("scroll", mark, { passive: true });

  // Scrolls to the section in the address as soon as it is loaded.
  if (location.hash.length > 1) {
    const id = location.hash.slice(1);
    const end = performance.now() + patience;
    const round = () => {
      if (document.getElementById(id)) scrollTo(id);
      else if (performance.now() < end) setTimeout(round, 100);
    };
    round();
  }

  return {
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Only secure contexts may write to the clipboard; the text can still be selected.
        return false;
      }
    },
  };
})();
