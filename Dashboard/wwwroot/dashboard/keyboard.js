// The keyboard shortcuts of all pages, listed in KeyboardHelp.razor. Most are handled here without the server.
window.dashboardKeys = (() => {
  let layout = null;
  let current = null;

  const rowsOf = () => [...document.querySelectorAll("tr[data-open]")];
  const visible = element => element && element.getClientRects().length > 0;
  const first = selector => [...document.querySelectorAll(selector)].find(visible);
  const linkOf = row => row.querySelector("[data-row-link]");
  const keyOf = row => row?.dataset.run ?? row?.dataset.key ?? linkOf(row)?.getAttribute("href");

  function writes(target) {
    if (target.isContentEditable || target.closest("textarea, select, [role=textbox]")) return true;
    const input = target.closest("input");
    return input !== null && !["checkbox", "radio", "button", "submit", "reset", "range", "file", "color"].includes(input.type);
  }

  function currentRow() {
    const row = document.activeElement?.closest?.("tr[data-open]");
    return row ?? rowsOf().find(one => keyOf(one) === current) ?? null;
  }

  function inView(row) {
    const box = row.getBoundingClientRect();
    const scroll = row.closest(".grid-scroll")?.getBoundingClientRect();
    return box.bottom > Math.max(scroll?.top ?? 0, 0) && box.top < Math.min(scroll?.bottom ?? innerHeight, innerHeight);
  }

  function stand(row) {
    current = keyOf(row);
    rowsOf().forEach(one => one.toggleAttribute("data-current", one === row));
    row.scrollIntoView({ block: "nearest" });
    linkOf(row)?.focus({ preventScroll: true });
  }

  function move(by) {
    const go = first(by > 0 ? "[data-key-next]" : "[data-key-previous]");
    const rows = rowsOf();
    if (rows.length === 0) {
      go?.click();
      return go !== undefined;
    }
    const now = rows.indexOf(currentRow());
    const next = now < 0 ? rows.findIndex(inView) : Math.min(Math.max(now + by, 0), rows.length - 1);
    stand(rows[Math.max(next, 0)]);
    return true;
  }

  function press(selector, within = document) {
    const target = [...within.querySelectorAll(selector)].find(one => visible(one) && !one.disabled);
    target?.click();
    return target !== undefined;
  }

  const keys = {
    "/": () => {
      const field = first("[data-key-filter]");
      field?.focus();
      field?.select?.();
      return field !== undefined;
    },
    j: () => move(1),
    k: () => move(-1),
    Enter: target => {
      const row = currentRow();
      if (!row || target.closest("a, button, input, summary, [role=button]")) return false;
      linkOf(row).click();
      return true;
    },
    x: () => {
      const row = currentRow();
      return row !== null && press("input[type=checkbox]", row);
    },
    c: () => press("[data-key-compare]"),
    "?": () => tell("ShowHelpAsync"),
  };

  function tell(method) {
    layout?.invokeMethodAsync(method).catch(() => {});
    return layout !== null;
  }

  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.isComposing || document.querySelector(".mud-dialog, .popover")) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      if (tell("ShowPaletteAsync")) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    if (keys[event.key]?.(event.target)) event.preventDefault();
  });

  // A click anywhere on a row opens its link; selected text stays selected.
  const own = "a, button, input, label, select, textarea, summary, .cell-value, .col-check";
  const isSelecting = () => String(getSelection()).length > 0;

  document.addEventListener("click", event => {
    if (event.target.closest?.("tr[data-open] .cell-value") && isSelecting()) event.stopPropagation();
  }, true);

  function open(event, elsewhere) {
    const row = event.target.closest?.("tr[data-open]");
    if (!row || event.defaultPrevented || event.target.closest(own) || isSelecting()) return;
    const link = linkOf(row);
    current = keyOf(row);
    if (elsewhere) window.open(link.href, "_blank", "noopener");
    else link.click();
  }

  document.addEventListener("click", event => open(event, event.ctrlKey || event.metaKey || event.shiftKey));
  document.addEventListener("auxclick", event => event.button === 1 && open(event, true));
  document.addEventListener("focusin", event => {
    const row = event.target.closest?.("tr[data-open]");
    if (row) current = keyOf(row);
  });

  // Pages load in steps, so the browser cannot restore the scroll position; this code does, for the page and its table. The previous
  // page may be as long as the new one, so the position is held for a while, unless the user scrolls.
  const patience = 6000;
  const hold = 1200;
  const places = new Map();
  const scroller = () => document.querySelector(".grid-scroll");
  let isRestoring = null;
  let here = location.href;

  function remember() {
    if (isRestoring === null) places.set(here, { top: scrollY, tableTop: scroller()?.scrollTop ?? 0 });
  }

  function restore({ top, tableTop }) {
    const token = isRestoring = {};
    const end = performance.now() + patience;
    let since = null;
    const stop = () => { if (isRestoring === token) isRestoring = null; };
    for (const name of ["wheel", "pointerdown", "keydown", "touchmove"]) addEventListener(name, stop, { once: true, passive: true });
    const round = () => {
      if (isRestoring !== token) return;
      const table = scroller();
      const isThere = Math.abs(scrollY - top) < 2 && (tableTop === 0 || Math.abs((table?.scrollTop ?? 0) - tableTop) < 2);
      since = isThere ? since ?? performance.now() : null;
      if (!isThere) {
        if (table && tableTop > 0) table.scrollTop = tableTop;
        scrollTo(0, top);
      }
      if (performance.now() > end || (since !== null && performance.now() - since > hold)) stop();
      else setTimeout(round, 50);
    };
    round();
  }

  history.scrollRestoration = "manual";
  addEventListener("scroll", remember, { capture: true, passive: true });

  // A page that replaces its address after a choice is still the same page.
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...given) => {
      const before = here;
      original(...given);
      here = location.href;
      if (name === "replaceState" && places.has(before)) places.set(here, places.get(before));
      if (name === "pushState") isRestoring = null;
    };
  }
  addEventListener("popstate", () => {
    here = location.href;
    restore(places.get(here) ?? { top: 0, tableTop: 0 });
  });

  return {
    attach(reference) {
      layout = reference;
    },
    reveal(id) {
      document.getElementById(id)?.scrollIntoView({ block: "nearest" });
    },
  };
})();
