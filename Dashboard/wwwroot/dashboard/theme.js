// Sets the theme before the first paint; ThemeToggle changes it later. The default is the system's.
window.dashboardTheme = (() => {
  const key = "experiments.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function choice() {
    try {
      return localStorage.getItem(key) ?? "system";
    } catch {
      return "system";
    }
  }

  function isDark() {
    const chosen = choice();
    return chosen === "dark" || (chosen === "system" && system.matches);
  }

  function apply() {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    return isDark();
  }

  apply();
  return {
    current: () => ({ choice: choice(), isDark: apply() }),
    choose(value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        // Private windows may refuse storage; the choice then lasts as long as the page.
      }
      return { choice: value, isDark: apply() };
    },
    watch(page) {
      system.addEventListener("change", () => page.invokeMethodAsync("OnSystemThemeChanged", apply()));
    },
  };
})();
