// Plotly's full build: curves with WebGL. The script assigns window.Plotly, which other charts of the page use, so its previous value is restored.
// Imports and this module run in one go: no other script sees the value in between.
import { previous } from "./plotly-previous.js?full";
import "../plotly/full.min.js";

const plotly = window.Plotly;
window.Plotly = previous;
export default plotly;
