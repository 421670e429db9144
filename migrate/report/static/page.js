// One page: as Hugo shows it beside what mystmd understood, both sources, what was said.
"use strict";

(() => {
  const { h, keys } = hugo2myst;
  const main = document.getElementById("page");
  const view = { page: null, data: null, at: -1, frames: [], lead: null, sources: false };

  // Loaded files by page; a page's data come by a script of its own.
  const known = new Map();
  hugo2myst.on("page", (data) => {
    known.set(data.id, data);
    if (view.page && view.page.id === data.id) draw(data);
  });
  function load(page) {
    if (!page || known.has(page.id)) return;
    const script = h("script", { src: `pages/${page.id}.js` });
    script.addEventListener("error", () => {
      if (view.page === page) main.append(h("p", { class: "note" }, "This page's file is missing."));
    });
    script.addEventListener("load", () => script.remove());
    document.head.append(script);
  }

  hugo2myst.open = (page) => {
    main.hidden = false;
    if (!page) {
      main.replaceChildren(h("p", { class: "note" }, "The report has no such page."));
      return;
    }
    Object.assign(view, { page, data: null, at: -1 });
    hugo2myst.list.note(page);
    scrollTo(0, 0);
    main.replaceChildren(head(page));
    main.querySelector("h1").focus();
    if (known.has(page.id)) draw(known.get(page.id));
    else load(page);
    load(hugo2myst.list.neighbour(page, 1));
  };
  hugo2myst.close = () => {
    main.hidden = true;
    main.replaceChildren();
    Object.assign(view, { page: null, data: null, frames: [] });
  };

  function head(page) {
    const { list } = hugo2myst;
    const step = (told, neighbour) => neighbour
      ? h("a", { class: "button", href: `#/page/${neighbour.id}` }, told)
      : h("span", { class: "button off" }, told);
    const box = h("input", { type: "checkbox", id: "reviewed", onchange: () => ticked(box.checked) });
    box.checked = list.state(page) === "yes";
    const at = list.shown.indexOf(page) + 1;
    return h("div", { class: "head" },
      h("nav", { "aria-label": "Pages" },
        h("a", { class: "button", href: list.hash() }, "← All pages"),
        step("Previous", list.neighbour(page, -1)),
        step("Next", list.neighbour(page, 1)),
        h("span", { class: "says" }, at ? `${at} of ${list.shown.length}` : ""),
        h("span", { class: "space" }),
        h("label", { class: "tick" }, box, " Reviewed",
          list.state(page) === "changed" && h("span", { class: "stale" }, " (changed since)"))),
      h("h1", { tabindex: "-1" }, page.title),
      h("p", { class: "meta" },
        h("span", { class: `badge ${page.trust.replace(" ", "-")}` }, page.trust),
        h("span", {}, verdict(page)),
        h("span", { class: "address" }, page.url),
        h("span", { class: "address" }, `${page.source} → ${page.file}`)));
  }
  const verdict = (page) => ({
    identical: "says the same as Hugo's page",
    differs: `${page.differences} ${page.differences === 1 ? "difference" : "differences"}`,
    missing: "mystmd has no such page",
    "not comparable": "can't be compared: Hugo lacks templates of its shortcodes",
  }[page.verdict] || "not compared");
  function ticked(on) {
    hugo2myst.list.tick(view.page, on);
    main.querySelector(".head .stale")?.remove();
  }

  function draw(data) {
    view.data = data;
    while (main.children.length > 1) main.lastChild.remove();
    const compare = h("section", { id: "compare", "aria-label": "Both pages" },
      pane("hugo", "Hugo", data.hugo_title, data.hugo, data.why[0]),
      pane("myst", "MyST", data.myst_title, data.myst, data.why[1]));
    const sources = h("section", { id: "sources", "aria-label": "Both sources" }, diff(data.text));
    main.append(stepper(data), compare, sources,
      h("div", { class: "told" }, differences(data), diagnostics(data)));
    view.frames = [...compare.querySelectorAll("iframe")];
    show(view.sources);
  }

  function pane(side, told, title, html, why) {
    const says = h("header", {}, h("b", {}, told), title && h("span", {}, title));
    const inside = why
      ? h("p", { class: "why" }, why)
      // Nothing of the page's content can run: no scripts here, and a policy against them inside.
      : h("iframe", {
          title: side === "hugo" ? "The page as Hugo shows it" : "The page as mystmd understood it",
          sandbox: "allow-same-origin", class: side, srcdoc: documentOf(side, html),
          onload: (event) => loaded(event.target),
        });
    return h("div", { class: `pane ${side}` }, says, inside);
  }
  const POLICY = "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'";
  const documentOf = (side, html) =>
    `<!doctype html><html lang="und" class="${hugo2myst.isDark() ? "dark" : "light"} ${side}">` +
    `<head><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Page</title>` +
    `<style>${hugo2myst.list.style}</style></head><body>${html}</body></html>`;
  function loaded(frame) {
    const page = frame.contentDocument;
    if (!page) return;
    page.addEventListener("keydown", hugo2myst.pressed);
    // The page that a person scrolls takes the other one along.
    const lead = () => { view.lead = frame; };
    for (const name of ["wheel", "pointerdown", "touchstart", "keydown"]) {
      page.addEventListener(name, lead, { passive: true });
    }
    page.addEventListener("scroll", () => {
      if (view.lead !== frame) return;
      const share = page.scrollingElement.scrollTop / room(frame);
      for (const other of view.frames) {
        if (other !== frame) other.contentWindow.scrollTo(0, share * room(other));
      }
    });
    if (view.at >= 0) reveal(frame, view.at, false);
  }
  /** How far a frame can be scrolled, in pixels. */
  function room(frame) {
    const root = frame.contentDocument.scrollingElement;
    return Math.max(1, root.scrollHeight - root.clientHeight);
  }
  hugo2myst.themed.push(() => {
    for (const frame of view.frames) {
      const root = frame.contentDocument?.documentElement;
      root?.classList.toggle("dark", hugo2myst.isDark());
      root?.classList.toggle("light", !hugo2myst.isDark());
    }
  });

  function stepper(data) {
    const all = data.found.length;
    const button = (id, told, sources) =>
      h("button", { type: "button", id, "aria-pressed": "false", onclick: () => show(sources) }, told);
    return h("div", { class: "stepper" },
      h("div", { class: "switch", role: "group", "aria-label": "What to see" },
        button("show-pages", "Pages", false), button("show-sources", "Sources", true)),
      h("button", { type: "button", id: "previous", onclick: () => go(-1) }, "‹ Previous"),
      h("button", { type: "button", id: "next", onclick: () => go(1) }, "Next difference ›"),
      h("span", { id: "step", role: "status" }, all ? "" : data.verdict === "identical" ? "No differences" : ""));
  }

  function show(sources) {
    view.sources = sources;
    document.getElementById("compare").hidden = sources;
    document.getElementById("sources").hidden = !sources;
    document.getElementById("show-pages").setAttribute("aria-pressed", String(!sources));
    document.getElementById("show-sources").setAttribute("aria-pressed", String(sources));
    view.at = -1;
    const all = places();
    for (const id of ["previous", "next"]) document.getElementById(id).disabled = !all;
    document.getElementById("next").textContent = sources ? "Next change ›" : "Next difference ›";
    document.getElementById("step").textContent =
      all ? `${all} ${sources ? "changes" : "differences"}`
        : sources ? "The same bytes" : view.data.verdict === "identical" ? "No differences" : "";
  }
  const places = () => (view.sources ? view.data.text.changes : view.data.found).length;

  function go(step, to = null) {
    const all = view.data ? places() : 0;
    if (!all) return false;
    view.at = to ?? (view.at < 0 ? (step > 0 ? 0 : all - 1) : (view.at + step + all) % all);
    if (view.sources) {
      const first = main.querySelector(`#sources [data-change="${view.at}"]`);
      main.querySelector("#sources .current")?.classList.remove("current");
      first?.classList.add("current");
      first?.scrollIntoView({ block: "center" });
      document.getElementById("step").textContent = `Change ${view.at + 1} of ${all}`;
      return true;
    }
    view.lead = null;
    for (const frame of view.frames) reveal(frame, view.at, true);
    const one = view.data.found[view.at];
    document.getElementById("step").replaceChildren(`${view.at + 1} of ${all}: `, ...told(one));
    for (const item of main.querySelectorAll(".differences li")) {
      item.classList.toggle("current", item.dataset.at === String(view.at));
    }
    return true;
  }
  function reveal(frame, at, smooth) {
    const page = frame.contentDocument;
    if (!page) return;
    for (const old of page.querySelectorAll(".current")) old.classList.remove("current");
    const marks = page.querySelectorAll(`[data-diff="${at}"]`);
    for (const one of marks) one.classList.add("current");
    const still = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (marks.length) {
      const box = marks[0].getBoundingClientRect();
      const top = frame.contentWindow.scrollY + box.top - frame.clientHeight / 3;
      frame.contentWindow.scrollTo({ top, behavior: still ? "auto" : "smooth" });
    }
  }

  const told = (one) => [
    h("span", { class: "kind" }, one.kind),
    " ",
    one.hugo ? h("del", {}, one.hugo) : h("i", {}, "nothing"),
    " → ",
    one.myst ? h("ins", {}, one.myst) : h("i", {}, "nothing"),
  ];
  function differences(data) {
    const items = data.found.map((one, at) =>
      h("li", { "data-at": String(at) },
        h("button", { type: "button", onclick: () => { show(false); go(0, at); } }, ...told(one)),
        one.line ? h("span", { class: "place" }, ` line ${one.line}`) : null,
        !one.marked && h("span", { class: "place" }, " (not marked in the pages)")));
    return h("section", { class: "differences", "aria-labelledby": "found-title" },
      h("h2", { id: "found-title" }, "Differences"),
      items.length ? h("ol", {}, ...items) : h("p", { class: "says" },
        data.verdict === "identical" ? "Words, links, images, code, tables … all agree."
          : data.verdict === "missing" ? "mystmd has no such page."
          : data.verdict === "not comparable" ? "None in what Hugo shows of the page." : "This page was not compared."));
  }
  function diagnostics(data) {
    const items = data.diagnostics.map((one) =>
      h("li", {},
        h("span", { class: `badge ${one.trust.replace(" ", "-")}` }, one.trust), " ",
        h("code", {}, one.code), " ",
        h("span", { class: "place" }, one.line ? `line ${one.line} ` : ""),
        one.message,
        one.hint && h("span", { class: "hint" }, one.hint)));
    return h("section", { class: "diagnostics", "aria-labelledby": "said-title" },
      h("h2", { id: "said-title" }, "Diagnostics"),
      items.length ? h("ul", { class: "remarks" }, ...items)
        : h("p", { class: "says" }, "Nothing was reported."));
  }

  // The line diff: what is the same is folded but for a few lines around each change.
  const AROUND = 3;
  function diff(text) {
    const [left, right] = [text.source.split("\n"), text.converted.split("\n")];
    const rows = h("tbody");
    const line = (a, b, kind, at) => {
      const cell = (number, value, side) => [
        h("td", { class: "no" }, number === null ? "" : String(number + 1)),
        h("td", { class: `code ${value === null ? "void" : kind && side}` }, value ?? ""),
      ];
      const pair = kind && a !== null && b !== null ? within(left[a], right[b]) : [];
      const row = h("tr", { "data-change": at },
        ...cell(a, a === null ? null : pair[0] || left[a], "old"),
        ...cell(b, b === null ? null : pair[1] || right[b], "new"));
      return row;
    };
    const same = (a, b, count, first, last) => {
      const head = first ? 0 : AROUND;
      const foot = last ? 0 : AROUND;
      const one = (at) => line(a + at, b + at, "", null);
      if (count <= head + foot + 2) {
        for (let at = 0; at < count; at++) rows.append(one(at));
        return;
      }
      for (let at = 0; at < head; at++) rows.append(one(at));
      const hidden = count - head - foot;
      const fold = h("tr", { class: "fold" }, h("td", { colspan: "4" },
        h("button", { type: "button", onclick: () => {
          const part = document.createDocumentFragment();
          for (let at = head; at < count - foot; at++) part.append(one(at));
          fold.replaceWith(part);
        } }, `${hidden} lines are the same`)));
      rows.append(fold);
      for (let at = count - foot; at < count; at++) rows.append(one(at));
    };
    let [a, b] = [0, 0];
    text.changes.forEach(([c, d, e, f], at) => {
      if (c > a) same(a, b, c - a, a === 0, false);
      for (let row = 0; row < Math.max(d - c, f - e); row++) {
        rows.append(line(c + row < d ? c + row : null, e + row < f ? e + row : null, "changed",
          row ? null : String(at)));
      }
      [a, b] = [d, f];
    });
    if (a < left.length) same(a, b, left.length - a, a === 0, true);
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Line by line" },
      h("table", { class: "diff" },
        h("colgroup", {}, ...["no", "", "no", ""].map((name) => h("col", { class: name }))),
        h("thead", {}, h("tr", {},
          h("th", { colspan: "2", scope: "col" }, view.page.source),
          h("th", { colspan: "2", scope: "col" }, view.page.file))),
        rows));
  }
  /** Two lines with what differs between their common beginning and end in `b`. */
  function within(left, right) {
    let start = 0;
    const most = Math.min(left.length, right.length);
    while (start < most && left[start] === right[start]) start++;
    let end = 0;
    while (end < most - start && left.at(-1 - end) === right.at(-1 - end)) end++;
    if (start + end < most / 3) return [];
    return [left, right].map((text) => h("span", {},
      text.slice(0, start), h("b", {}, text.slice(start, text.length - end)),
      text.slice(text.length - end)));
  }

  const onPage = (action) => () => (view.page ? action() : false);
  const turn = (step) => () => {
    const next = hugo2myst.list.neighbour(view.page, step);
    if (next) location.hash = `#/page/${next.id}`;
  };
  const either = (name, action) => () =>
    view.page ? action() : hugo2myst.listKeys[name] ? hugo2myst.listKeys[name]() : false;
  keys.j = either("j", turn(1));
  keys.k = either("k", turn(-1));
  keys.r = either("r", () => {
    const box = document.getElementById("reviewed");
    box.checked = !box.checked;
    ticked(box.checked);
  });
  keys.n = onPage(() => go(1));
  keys.p = onPage(() => go(-1));
  keys.s = onPage(() => view.data && show(!view.sources));
  keys.Escape = onPage(() => { location.hash = hugo2myst.list.hash(); });
})();
