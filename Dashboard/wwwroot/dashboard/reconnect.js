// After a restart of the server the circuit is lost: reload the page as soon as the server answers. The scroll position is restored;
// drafts.js keeps unlaunched drafts.
(() => {
  const key = "experiments.reloaded";
  const patience = 15000;
  const notice = document.getElementById("components-reconnect-modal");
  const here = () => location.pathname + location.search;
  const scroller = () => document.querySelector(".grid-scroll");
  let waiting = false;
  const left = takeLeft();

  function takeLeft() {
    try {
      const text = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      const found = text && JSON.parse(text);
      return found?.address === here() ? found : null;
    } catch {
      return null;
    }
  }

  function leave() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ address: here(), top: scrollY, tableTop: scroller()?.scrollTop ?? 0 }));
    } catch {
      // Private windows may refuse storage; the address has the rest.
    }
  }

  async function reloadWhenServed() {
    if (waiting) return;
    waiting = true;
    for (;;) {
      try {
        const answer = await fetch(location.href, { cache: "no-store" });
        if (answer.status < 500) break;
      } catch {
        // Not up yet.
      }
      await new Promise((resume) => setTimeout(resume, 1000));
    }
    leave();
    location.reload();
  }

  // The page loads in steps. A user who scrolls cancels the restoration.
  function scrollBack({ top, tableTop }) {
    const end = performance.now() + patience;
    let stopped = false;
    const stop = () => { stopped = true; };
    for (const event of ["wheel", "pointerdown", "keydown"]) addEventListener(event, stop, { once: true, passive: true });
    const round = () => {
      if (stopped) return;
      const table = scroller();
      if (tableTop > 0 && table) table.scrollTop = tableTop;
      scrollTo(0, top);
      const isThere = Math.abs(scrollY - top) < 2 && (tableTop === 0 || Math.abs((table?.scrollTop ?? 0) - tableTop) < 2);
      if (!isThere && performance.now() < end) setTimeout(round, 100);
    };
    round();
  }

  if (left && (left.top > 0 || left.tableTop > 0)) scrollBack(left);
  notice.addEventListener("components-reconnect-state-changed", (event) => {
    const state = event.detail.state;
    if (state === "failed" || state === "rejected") reloadWhenServed();
  });
})();
