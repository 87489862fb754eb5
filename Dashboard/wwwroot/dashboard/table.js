// What a table of runs cannot do on the server: scroll itself, and remember its columns in this browser.
window.dashboardTable = (() => {
  const key = (sweep) => `experiments.columns.${sweep}`;
  const most = 100;

  function forgetOldest() {
    const kept = Object.keys(localStorage).filter((name) => name.startsWith(key("")));
    // Ids sort by time.
    for (const name of kept.sort().slice(0, Math.max(0, kept.length - most))) localStorage.removeItem(name);
  }

  return {
    toTop(element) {
      if (element) element.scrollTop = 0;
    },
    columns(sweep) {
      try {
        return localStorage.getItem(key(sweep));
      } catch {
        return null;
      }
    },
    remember(sweep, columns) {
      try {
        if (columns) localStorage.setItem(key(sweep), columns);
        else localStorage.removeItem(key(sweep));
        forgetOldest();
      } catch {
        // Private windows may refuse; the address still has them.
      }
    },
  };
})();
