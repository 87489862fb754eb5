// Draws curves. Points come as bytes and are kept here by line, so that what changes later (live points, selections, the theme) is all that travels.
window.dashboardCurves = (() => {
  const charts = new Map();
  let loadingBasic = null;
  let loadingFull = null;

  // Plotly's basic build knows lines and is there in a quarter of the time; the full one is for WebGL. Both call themselves window.Plotly, where
  // other charts of the page expect the full one.
  let basic = null;
  let full = null;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => full ?? basic ?? undefined,
    set(library) {
      if (document.currentScript?.id === "plotly-basic") basic = library;
      else full = library;
    },
  });

  function loadBasic() {
    loadingBasic ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.id = "plotly-basic";
      script.src = "_content/Plotly.Blazor/plotly-basic-3.7.0.min.js";
      script.onload = () => resolve(basic);
      script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
      document.head.append(script);
    });
    return loadingBasic;
  }

  // Through Plotly.Blazor's own loader and with its names for things, so that other charts of the page find it loaded.
  function loadFull() {
    loadingFull ??= import(new URL("_content/Plotly.Blazor/plotly-interop-7.2.0.js", document.baseURI))
      .then(loader => loader.importScript("plotly-import", "./_content/Plotly.Blazor/plotly-3.7.0.min.js"))
      .then(() => full);
    return loadingFull;
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
    const library = await (wanted ? loadFull() : loadBasic());
    const element = document.getElementById(id);
    const { traces, layout, config, needsWebGl } = chart.figure;
    // Another figure has come meanwhile, and will be drawn next.
    if (needsWebGl !== wanted) return;
    if (!element || !charts.has(id) || (!chart.element && traces.length === 0)) return;
    if (chart.library && chart.library !== library) chart.library.purge(element);
    chart.element = element;
    chart.library = library;
    const start = performance.now();
    const shown = new Set(traces.map(trace => trace.meta));
    for (const key of chart.lines.keys()) if (!shown.has(key)) chart.lines.delete(key);
    await library.react(element, traces.map(trace => ({ ...trace, ...chart.lines.get(trace.meta) })), layout, config);
    // Many points that move often leave the browser half of its time for everything else.
    await new Promise(rested => setTimeout(rested, performance.now() - start));
  }

  return {
    // What comes while a picture is drawn goes into the next one.
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

    // The element has left the page already, but not what Plotly holds for it: browsers have few WebGL contexts.
    forget(id) {
      const chart = charts.get(id);
      charts.delete(id);
      if (chart?.element) chart.library.purge(chart.element);
    },
  };
})();
