// Hovering over a run, in a table or a chart, highlights its curves in all charts of the page. This involves no server, and the charts
// are not redrawn: a path is drawn over them and a style fades the rest. So two hundred curves are no slower than two.
(() => {
  const space = "http://www.w3.org/2000/svg";
  const linked = new WeakSet();
  let lit = null;

  const rootOf = element => element.closest?.("[data-highlights]");

  function pathOf(chart, trace) {
    const { xaxis, yaxis } = chart._fullLayout;
    let path = "";
    for (let i = 0; i < trace.x.length; i++) {
      const x = xaxis.d2p(trace.x[i]);
      const y = yaxis.d2p(trace.y[i]);
      if (Number.isFinite(x) && Number.isFinite(y)) {
        path += `${path ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      }
    }
    return path;
  }

  function clear(chart) {
    chart.querySelector(".highlight-layer")?.remove();
    chart.classList.remove("is-behind");
  }

  function drawOver(chart, run) {
    clear(chart);
    const trace = chart.data?.find(one => one.meta === run);
    const layout = chart._fullLayout;
    if (!trace?.x?.length || !layout?.xaxis?.d2p) {
      return;
    }
    const { xaxis, yaxis } = layout;
    const layer = document.createElementNS(space, "svg");
    layer.setAttribute("class", "highlight-layer");
    layer.setAttribute("aria-hidden", "true");
    layer.style.cssText = `left:${xaxis._offset}px;top:${yaxis._offset}px;width:${xaxis._length}px;height:${yaxis._length}px`;
    for (const kind of ["halo", "line"]) {
      const path = document.createElementNS(space, "path");
      path.setAttribute("class", `highlight-${kind}`);
      path.setAttribute("d", pathOf(chart, trace));
      if (kind === "line") {
        path.style.stroke = trace.line.color;
      }
      layer.append(path);
    }
    // Above the curves, below the hover text, which is in the last of Plotly's layers.
    [...chart.querySelectorAll(".svg-container > .main-svg")].at(-1)?.before(layer);
    chart.classList.add("is-behind");
  }

  function light(root, run) {
    if (lit?.root === root && lit?.run === run) {
      return;
    }
    dim();
    lit = { root, run };
    root.querySelectorAll(".js-plotly-plot").forEach(chart => drawOver(chart, run));
    root.querySelectorAll("[data-run].is-lit").forEach(row => row.classList.remove("is-lit"));
    root.querySelectorAll(`[data-run="${CSS.escape(run)}"]`).forEach(row => row.classList.add("is-lit"));
  }

  function dim() {
    if (lit) {
      lit.root.querySelectorAll(".js-plotly-plot").forEach(clear);
      lit.root.querySelectorAll(".is-lit").forEach(row => row.classList.remove("is-lit"));
      lit = null;
    }
  }

  function link(chart, root) {
    if (linked.has(chart) || !chart.on) {
      return;
    }
    linked.add(chart);
    chart.on("plotly_hover", hover => {
      const run = hover.points?.[0]?.data?.meta;
      if (typeof run === "string") {
        light(root, run);
      }
    });
    chart.on("plotly_unhover", dim);
    // The overlay does not match a chart whose axes or size changed.
    chart.on("plotly_relayout", () => clear(chart));
    // Curves grow during training.
    chart.on("plotly_afterplot", () => lit && lit.root === root && chart.isConnected && drawOver(chart, lit.run));
  }

  function onPoint(event) {
    const root = rootOf(event.target);
    if (!root) {
      return dim();
    }
    const chart = event.target.closest(".js-plotly-plot");
    if (chart) {
      return link(chart, root);
    }
    const row = event.target.closest("[data-run]");
    return row ? light(root, row.dataset.run) : dim();
  }

  document.addEventListener("pointerover", onPoint);
  document.addEventListener("focusin", onPoint);
})();
