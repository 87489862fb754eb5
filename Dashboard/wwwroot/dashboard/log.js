// The parts of a log that need the browser: following its end, keeping the reading position while lines are added and removed, and reporting scrolling near the ends.
window.dashboardLog = (() => {
  const near = 24;
  const ahead = 400;
  const logs = new WeakMap();

  function below(scroll) {
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  }

  // The first visible line, and its distance from the upper edge.
  function anchorOf(scroll) {
    const top = scroll.getBoundingClientRect().top;
    for (const line of scroll.querySelectorAll(".log-line")) {
      const box = line.getBoundingClientRect();
      if (box.bottom > top) return { line, offset: box.top - top };
    }
    return null;
  }

  function ask(log, method) {
    if (log.isAsking) return;
    log.isAsking = true;
    log.card.invokeMethodAsync(method).catch(() => {}).finally(() => {
      log.isAsking = false;
    });
  }

  function look(scroll, log) {
    log.isLooking = false;
    const follows = below(scroll) < near;
    if (follows !== log.follows) {
      log.follows = follows;
      log.card.invokeMethodAsync("OnFollow", follows).catch(() => {});
    }
    log.anchor = follows ? null : anchorOf(scroll);
    if (scroll.dataset.earlier === "true" && scroll.scrollTop < ahead && !follows) ask(log, "OnNearStart");
    else if (scroll.dataset.later === "true" && below(scroll) < ahead) ask(log, "OnNearEnd");
  }

  function settle(scroll, log) {
    if (log.follows) {
      scroll.scrollTop = scroll.scrollHeight;
    } else if (log.anchor?.line.isConnected) {
      const offset = log.anchor.line.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
      scroll.scrollTop += offset - log.anchor.offset;
    }
  }

  return {
    attach(scroll, card) {
      if (!scroll) return;
      const log = { card, follows: true, anchor: null, isAsking: false, isLooking: false };
      logs.set(scroll, log);
      scroll.addEventListener("scroll", () => {
        if (log.isLooking) return;
        log.isLooking = true;
        requestAnimationFrame(() => look(scroll, log));
      }, { passive: true });
      new MutationObserver(() => settle(scroll, log)).observe(scroll, { childList: true, subtree: true, characterData: true });
      new ResizeObserver(() => settle(scroll, log)).observe(scroll);
    },
    toEnd(scroll) {
      const log = logs.get(scroll);
      if (!log) return;
      log.follows = true;
      scroll.scrollTop = scroll.scrollHeight;
    },
  };
})();
