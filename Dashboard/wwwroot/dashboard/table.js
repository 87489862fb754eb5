// The parts of a sweep's page that need the browser: scrolling its table, and storing columns and charts.
window.dashboardTable = (() => {
  const most = 100;

  function forgetOldest(what) {
    const kept = Object.keys(localStorage).filter((name) => name.startsWith(`experiments.${what}.`));
    // Ids sort by time.
    for (const name of kept.sort().slice(0, Math.max(0, kept.length - most))) localStorage.removeItem(name);
  }

  function recall(what, sweep) {
    try {
      return localStorage.getItem(`experiments.${what}.${sweep}`);
    } catch {
      return null;
    }
  }

  function remember(what, sweep, text) {
    try {
      if (text) localStorage.setItem(`experiments.${what}.${sweep}`, text);
      else localStorage.removeItem(`experiments.${what}.${sweep}`);
      forgetOldest(what);
    } catch {
      // Private windows may refuse storage; the address still has them.
    }
  }

  return {
    toTop(element) {
      if (element) element.scrollTop = 0;
    },
    columns: (sweep) => recall("columns", sweep),
    remember: (sweep, columns) => remember("columns", sweep, columns),
    charts: (sweep) => recall("charts", sweep),
    rememberCharts: (sweep, charts) => remember("charts", sweep, charts),
  };
})();
