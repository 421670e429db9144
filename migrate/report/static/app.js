// The report's frame: data that arrive, what is remembered, theme, addresses and keys.
"use strict";

const hugo2myst = (() => {
  const listeners = {};
  const waiting = {};

  /** Called by data files: `take("index", …)` and `take("page", …)`. */
  function take(name, data) {
    if (listeners[name]) listeners[name](data);
    else waiting[name] = data;
  }
  function on(name, listener) {
    listeners[name] = listener;
    if (name in waiting) listener(waiting[name]);
  }

  /** An element; text is set as text, never as HTML. */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null && child !== false));
    return element;
  }

  // What is remembered may be forbidden (private windows): then it holds until the page closes.
  const memory = new Map();
  const store = {
    get(key) {
      try { return localStorage.getItem(key) ?? memory.get(key) ?? null; }
      catch { return memory.get(key) ?? null; }
    },
    set(key, value) {
      memory.set(key, value);
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch { /* see above */ }
    },
  };

  const THEMES = ["auto", "light", "dark"];
  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    store.set("hugo2myst/theme", theme);
    const button = document.getElementById("theme");
    if (button) button.textContent = `Theme: ${theme}`;
    for (const listener of themed) listener();
  }
  const themed = [];
  const theme = () => document.documentElement.dataset.theme || "auto";
  const isDark = () =>
    theme() === "dark" || (theme() === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  setTheme(THEMES.includes(store.get("hugo2myst/theme")) ? store.get("hugo2myst/theme") : "auto");

  /** `#/page/ID` is a page, `#/?a=b` a filtered list. */
  function address() {
    const hash = location.hash.slice(1);
    const page = /^\/page\/([0-9a-f]+)$/.exec(hash);
    if (page) return { page: page[1], query: null };
    return { page: null, query: new URLSearchParams(hash.replace(/^\/?\??/, "")) };
  }

  const keys = {};
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const help = document.getElementById("help");
    if (help.open) return;
    const field = event.target.closest && event.target.closest("input:not([type=checkbox]), select");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (event.key === "?") { help.showModal(); event.preventDefault(); return; }
    const action = keys[event.key];
    if (action && action() !== false) event.preventDefault();
  }

  document.addEventListener("DOMContentLoaded", () => {
    setTheme(theme());
    document.getElementById("theme").addEventListener("click", () => {
      setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    });
    document.getElementById("keys").addEventListener("click", () => {
      document.getElementById("help").showModal();
    });
  });
  document.addEventListener("keydown", pressed);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const listener of themed) listener();
  });

  return { take, on, h, store, themed, isDark, address, keys, pressed };
})();
