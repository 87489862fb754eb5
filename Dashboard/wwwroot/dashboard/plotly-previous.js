// What window.Plotly is before a build of Plotly replaces it. Imported with a query, so that each build has a module of its own.
export const previous = window.Plotly;
