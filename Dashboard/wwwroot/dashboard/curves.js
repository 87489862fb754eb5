// Draws curves. Points arrive as bytes and are kept here by line, so that later only changes are sent: live points, selections, the theme.
window.dashboardCurves = (() => {
  const charts = new Map();
  const builds = new Map();

  // The modules of this folder, which wrap the scripts that the build copies from the package Plotly.Blazor.
  function load(build) {
    if (!builds.has(build)) builds.set(build, import(new URL(`dashboard/plotly-${build}.js`, document.baseURI)).then(module => module.default));
    return builds.get(build);
  }

  function joined(before, more) {
    const all = new Float64Array(before.length + more.length);
    all.set(before);
    all.set(more, before.length);
    return all;
  }

  function take(lines, parts, numbers) {
    let at = 0;
    let x = null;
    const next = count => numbers.slice(at, at += count);
    for (const { key, append, count, sameX, withMeasured } of parts) {
      x = sameX ? x : next(count);
      const more = { x, y: next(count), ...(withMeasured && { customdata: next(count) }) };
      const line = append ? lines.get(key) : null;
      lines.set(key, line ? Object.fromEntries(Object.keys(more).map(column => [column, joined(line[column], more[column])])) : more);
    }
  }

  async function show(chart, id) {
    const wanted = chart.figure.needsWebGl;
    const library = await load(wanted ? "full" : "basic");
    const element = document.getElementById(id);
    const { traces, layout, config, needsWebGl } = chart.figure;
    // A newer figure arrived meanwhile and is drawn next.
    if (needsWebGl !== wanted) return;
    if (!element || !charts.has(id) || (!chart.element && traces.length === 0)) return;
    if (chart.library && chart.library !== library) chart.library.purge(element);
    chart.element = element;
    chart.library = library;
    const start = performance.now();
    const shown = new Set(traces.map(trace => trace.meta));
    for (const key of chart.lines.keys()) if (!shown.has(key)) chart.lines.delete(key);
    await library.react(element, traces.map(trace => ({ ...trace, ...chart.lines.get(trace.meta) })), layout, config);
    // Charts with many live points leave the browser half of its time for everything else.
    await new Promise(rested => setTimeout(rested, performance.now() - start));
  }

  return {
    // Data that arrives while a figure is drawn is part of the next one.
    draw(id, figure, parts, bytes) {
      const chart = charts.get(id) ?? { element: null, library: null, lines: new Map(), figure: null, drawing: null, again: false };
      charts.set(id, chart);
      chart.figure = figure ?? chart.figure;
      take(chart.lines, parts, new Float64Array(bytes.slice().buffer));
      if (chart.drawing) {
        chart.again = true;
        return;
      }
      const round = async () => {
        do {
          chart.again = false;
          await show(chart, id);
        } while (chart.again);
        chart.drawing = null;
      };
      chart.drawing = round().catch(error => { chart.drawing = null; console.error(error); });
    },

    // The element is gone, but Plotly still holds resources for it: browsers have few WebGL contexts.
    forget(id) {
      const chart = charts.get(id);
      charts.delete(id);
      if (chart?.element) chart.library.purge(chart.element);
    },
  };
})();
