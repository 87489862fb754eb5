// Drafts of new sweeps, kept in this browser until they are launched or discarded. Each has its own key and belongs to the page that wrote it last:
// a page whose draft another page, such as a copy of its tab, took over continues under a new key, so that neither overwrites the other.
window.dashboardDrafts = (() => {
  const prefix = "experiments.draft.";
  const tabKey = "experiments.draft";
  const most = 20;
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");
  const page = newId();

  // Private windows may refuse storage; drafts then last as long as the page.
  const storage = (name) => {
    try {
      const found = window[name];
      found.setItem(prefix, "");
      found.removeItem(prefix);
      return found;
    } catch {
      const values = new Map();
      return {
        getItem: (key) => values.get(key) ?? null,
        setItem: (key, value) => values.set(key, value),
        removeItem: (key) => values.delete(key),
        keys: () => [...values.keys()],
      };
    }
  };
  const kept = storage("localStorage");
  const tab = storage("sessionStorage");

  function parse(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  const read = (id) => parse(kept.getItem(prefix + id));
  const shown = (id, { text, name, savedAt }) => ({ id, text, name, savedAt });

  function write(id, draft) {
    kept.setItem(prefix + id, JSON.stringify({ ...draft, page }));
    tab.setItem(tabKey, JSON.stringify({ id, start: draft.start }));
  }

  function list() {
    const keys = kept.keys?.() ?? Object.keys(kept);
    return keys
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), parse(kept.getItem(key))])
      .filter(([, draft]) => draft?.text)
      .sort(([, one], [, other]) => (one.savedAt < other.savedAt ? 1 : -1))
      .map(([id, draft]) => shown(id, { ...draft, text: null }));
  }

  const current = () => parse(tab.getItem(tabKey));

  return {
    // All of them without their text, the newest first.
    list,

    // The draft of this tab with this start; else null, and the next save creates a new draft.
    take(start) {
      const mine = current();
      const draft = mine?.start === start ? read(mine.id) : null;
      if (!draft) {
        tab.removeItem(tabKey);
        return null;
      }
      write(mine.id, draft);
      return shown(mine.id, draft);
    },

    // Continues a draft in this tab; null if it was deleted.
    resume(id, start) {
      const draft = read(id);
      if (!draft) return null;
      write(id, { ...draft, start });
      return shown(id, draft);
    },

    // Saves the draft; null discards it.
    keep(text, name, start) {
      const mine = current();
      if (text === null) {
        if (mine && read(mine.id)?.page === page) kept.removeItem(prefix + mine.id);
        tab.removeItem(tabKey);
        return;
      }
      const stored = mine && read(mine.id);
      const id = stored?.page === page ? mine.id : newId();
      write(id, { text, name, start, savedAt: new Date().toISOString() });
      for (const old of list().slice(most)) kept.removeItem(prefix + old.id);
    },

    discard(id) {
      kept.removeItem(prefix + id);
      if (current()?.id === id) tab.removeItem(tabKey);
    },
  };
})();
