// Keyboard and mouse handling for the list of completions of a filter. The server provides the entries.
(() => {
  const watched = new WeakSet();
  const boxOf = target => target?.closest?.(".filter-box");
  const inputOf = box => box.querySelector("input");
  const listOf = box => box.querySelector(".filter-list");
  const optionsOf = box => [...listOf(box).children];
  const isOpen = box => !listOf(box).hidden && !box.classList.contains("is-closed");

  function mark(box, option) {
    for (const one of optionsOf(box)) one.setAttribute("aria-selected", one === option ? "true" : "false");
    if (option) inputOf(box).setAttribute("aria-activedescendant", option.id);
    else inputOf(box).removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function show(box) {
    mark(box, null);
    inputOf(box).setAttribute("aria-expanded", isOpen(box) && box.contains(document.activeElement) ? "true" : "false");
  }

  function close(box) {
    box.classList.add("is-closed");
    show(box);
  }

  function watch(box) {
    if (watched.has(box)) return;
    watched.add(box);
    new MutationObserver(() => show(box)).observe(listOf(box), { childList: true, attributes: true, attributeFilter: ["hidden"] });
  }

  function ask(input) {
    const box = boxOf(input);
    watch(box);
    box.classList.remove("is-closed");
    input.dispatchEvent(new CustomEvent("filtertyped", { bubbles: true }));
    show(box);
  }

  // As if typed, so that it can be undone and triggers the field's events.
  function take(box, option) {
    const input = inputOf(box);
    const { text, start, end } = option.dataset;
    input.focus();
    input.setSelectionRange(Number(start), Math.min(Number(end), input.value.length));
    if (!document.execCommand("insertText", false, text)) {
      input.setRangeText(text, Number(start), Number(end), "end");
      ask(input);
    }
  }

  function step(box, by) {
    const options = optionsOf(box);
    const now = options.findIndex(option => option.getAttribute("aria-selected") === "true");
    mark(box, options[now < 0 ? (by > 0 ? 0 : options.length - 1) : (now + by + options.length) % options.length]);
  }

  function onKey(event) {
    const box = boxOf(event.target);
    if (!box || event.target !== inputOf(box) || event.isComposing) return;
    const chosen = optionsOf(box).find(option => option.getAttribute("aria-selected") === "true");
    const first = optionsOf(box)[0];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen(box)) ask(event.target);
      else step(box, event.key === "ArrowDown" ? 1 : -1);
    } else if (!isOpen(box)) {
      return;
    } else if (event.key === "Enter" && chosen) {
      take(box, chosen);
    } else if (event.key === "Tab" && !event.shiftKey && (chosen || (first && first.dataset.start !== first.dataset.end))) {
      take(box, chosen ?? first);
    } else if (event.key === "Escape") {
      close(box);
    } else {
      if (event.key === "Enter") close(box);
      return;
    }
    event.preventDefault();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("input", event => boxOf(event.target) && ask(event.target));
  document.addEventListener("focusin", event => event.target.matches?.(".filter-box input") && ask(event.target));
  document.addEventListener("focusout", event => event.target.matches?.(".filter-box input") && close(boxOf(event.target)));
  document.addEventListener("pointerup", event => event.target.matches?.(".filter-box input") && ask(event.target));
  document.addEventListener("pointerdown", event => event.target.closest?.(".filter-list") && event.preventDefault());
  document.addEventListener("mousedown", event => event.target.closest?.(".filter-list") && event.preventDefault());
  document.addEventListener("click", event => {
    const option = event.target.closest?.(".filter-list > li");
    if (option) take(boxOf(option), option);
  });

  Blazor.registerCustomEventType("filtertyped", {
    createEventArgs: event => ({ text: event.target.value, caret: event.target.selectionStart ?? event.target.value.length }),
  });
})();
