// Plotly's basic build: lines, loaded in a quarter of the time of the full one. The script assigns window.Plotly, which other charts of the page use, so its previous value is restored.
// Imports and this module run in one go: no other script sees the value in between.
import { previous } from "./plotly-previous.js?basic";
import "../plotly/basic.min.js";

const plotly = window.Plotly;
window.Plotly = previous;
export default plotly;
