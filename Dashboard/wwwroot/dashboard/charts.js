// Chart events that Plotly.Blazor does not forward, reduced to what the page needs, since messages to the server are limited.
window.dashboardCharts = (() => {
  const longestWait = 10000;
  let isPressed = false;
  addEventListener("pointerdown", () => (isPressed = true), true);
  for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => (isPressed = false), true);

  function rangesOf(dimension) {
    const range = dimension.constraintrange;
    if (!range || range.length === 0) return [];
    return Array.isArray(range[0]) ? range : [range];
  }

  function open(address, event) {
    if (typeof address !== "string") return;
    if (event?.ctrlKey || event?.metaKey) window.open(address);
    else Blazor.navigateTo(address);
  }

  function attach(plot, chart) {
    plot.on("plotly_click", (click) => open(click.points[0]?.customdata, click.event));
    plot.on("plotly_hover", (hover) => plot.classList.toggle("is-link", typeof hover.points?.[0]?.customdata === "string"));
    plot.on("plotly_unhover", () => plot.classList.remove("is-link"));
    plot.on("plotly_restyle", () => {
      const dimensions = plot.data[0]?.dimensions;
      if (dimensions) chart.invokeMethodAsync("OnBrushed", dimensions.map((d) => ({ name: d.name, ranges: rangesOf(d) })));
    });
    plot.on("plotly_relayout", (change) => {
      const from = change["xaxis.range[0]"] ?? change["xaxis.range"]?.[0];
      const to = change["xaxis.range[1]"] ?? change["xaxis.range"]?.[1];
      if (from !== undefined && to !== undefined) chart.invokeMethodAsync("OnZoomed", String(from), String(to));
      else if (change["xaxis.autorange"]) chart.invokeMethodAsync("OnZoomed", null, null);
    });
  }

  return {
    // A redraw during a drag would cancel it.
    async idle() {
      for (let waited = 0; isPressed && waited < longestWait; waited += 100) await new Promise((resume) => setTimeout(resume, 100));
    },
    watch(id, chart, waited = 0) {
      const plot = document.getElementById(id);
      if (plot?.on) attach(plot, chart);
      else if (plot && waited < longestWait) setTimeout(() => this.watch(id, chart, waited + 50), 50);
    },
  };
})();
