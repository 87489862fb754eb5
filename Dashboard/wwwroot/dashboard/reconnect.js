// The circuit is gone for good when the server was restarted: load the page anew as soon as the server answers.
(() => {
  const notice = document.getElementById("components-reconnect-modal");
  let waiting = false;

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
    location.reload();
  }

  notice.addEventListener("components-reconnect-state-changed", (event) => {
    const state = event.detail.state;
    if (state === "failed" || state === "rejected") reloadWhenServed();
  });
})();
