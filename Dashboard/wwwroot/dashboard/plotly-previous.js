// The value of window.Plotly before a build of Plotly replaces it. Imported with a query, so that each build has its own module.
export const previous = window.Plotly;
