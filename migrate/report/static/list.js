// The list of pages: filters, search, order, ticks.
"use strict";

(() => {
  const { h, store, keys } = hugo2myst;
  const STEP = 100;
  const TRUST = ["by hand", "changed", "safe"];
  const list = { pages: [], shown: [], drawn: 0, sort: "", down: false, at: 0, site: "" };
  hugo2myst.list = list;
  const form = document.getElementById("filters");
  const body = document.getElementById("rows");
  const more = document.getElementById("more");

  hugo2myst.on("index", (data) => {
    list.site = data.site;
    list.style = data.style;
    list.pages = data.rows.map((row) => {
      const page = Object.fromEntries(data.columns.map((name, at) => [name, row[at]]));
      page.text = `${page.title}\n${page.url}\n${page.source}\n${page.file}`.toLowerCase();
      page.reviewed = store.get(key(page));
      return page;
    });
    list.byId = new Map(list.pages.map((page) => [page.id, page]));
    choices();
    count();
    addEventListener("hashchange", follow);
    follow();
  });

  // A tick is kept under the page's name, and holds for the content that was looked at.
  const key = (page) => `hugo2myst/${list.site}/${page.id}`;
  list.state = (page) => (!page.reviewed ? "no" : page.reviewed === page.hash ? "yes" : "changed");
  list.tick = (page, on) => {
    page.reviewed = on ? page.hash : null;
    store.set(key(page), page.reviewed);
    count();
    const box = body.querySelector(`tr[data-id="${page.id}"] input`);
    if (box) box.checked = on;
  };
  function count() {
    const done = list.pages.filter((page) => list.state(page) === "yes").length;
    document.getElementById("reviewed-count").textContent = done.toLocaleString("en");
  }

  function choices() {
    const tally = (values) => {
      const found = new Map();
      for (const value of values) found.set(value, (found.get(value) || 0) + 1);
      return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    };
    const fill = (name, options, all = "all") => {
      const select = form.elements[name];
      select.replaceChildren(h("option", { value: "" }, all));
      for (const [value, told] of options) select.append(h("option", { value }, told));
      if (options.length < 2) select.closest("label").hidden = true;
    };
    const counted = (pairs) => pairs.map(([value, n]) => [value || "-", `${value || "(root)"} (${n})`]);
    const of = (name) => list.pages.map((page) => page[name]);
    const trusts = new Map(tally(of("trust")));
    fill("trust", TRUST.filter((t) => trusts.has(t)).map((t) => [t, `${t} (${trusts.get(t)})`]));
    fill("section", counted(tally(of("section"))));
    fill("language", counted(tally(of("language"))));
    fill("kind", counted(tally(of("kinds").flat())));
    fill("code", counted(tally(of("codes").flat())));
    fill("reviewed", [["no", "not yet"], ["yes", "reviewed"], ["changed", "changed since"]]);
  }

  const asked = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.set(name, value);
    if (list.sort) query.set("sort", (list.down ? "-" : "") + list.sort);
    return query;
  };
  list.hash = () => `#/?${asked()}`.replace(/\?$/, "");

  /** Show what the address asks for. */
  function follow() {
    const { page, query } = hugo2myst.address();
    const overview = document.getElementById("overview");
    if (page) {
      if (!list.drawn) apply();
      overview.hidden = true;
      hugo2myst.open(list.byId.get(page));
      return;
    }
    const was = overview.hidden;
    overview.hidden = false;
    hugo2myst.close();
    let jump = false;
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = query.get(field.name) || "";
      if (field.value !== value) { field.value = value; jump = true; }
    }
    const sort = query.get("sort") || "";
    list.down = sort.startsWith("-");
    list.sort = sort.replace(/^-/, "");
    apply();
    if (was) select(list.at, true);
    else if (jump && document.activeElement?.closest(".tiles, .charts")) {
      document.getElementById("pages-title").scrollIntoView({ block: "start" });
    }
  }

  const matches = (page, query) => {
    for (const [name, value] of query) {
      if (name === "sort") continue;
      if (name === "q") {
        if (!value.toLowerCase().split(/\s+/).every((word) => page.text.includes(word))) return false;
      } else if (name === "kind" || name === "code") {
        if (!page[name + "s"].includes(value)) return false;
      } else if (name === "reviewed") {
        if (list.state(page) !== value) return false;
      } else if ((page[name] || "-") !== value) return false;
    }
    return true;
  };
  const ranks = {
    trust: (page) => TRUST.indexOf(page.trust) - page.differences / (1 + page.differences),
    differences: (page) => -page.differences,
    codes: (page) => -page.codes.length,
    reviewed: (page) => ["changed", "no", "yes"].indexOf(list.state(page)),
    section: (page) => page.section,
    title: (page) => page.title.toLowerCase(),
  };

  function apply() {
    const query = asked();
    const current = list.shown[list.at];
    list.shown = list.pages.filter((page) => matches(page, query));
    // What needs a person comes first, unless another order is asked for.
    const sort = ranks[list.sort] ? list.sort : "trust";
    const ranked = new Map(list.shown.map((page) => [page, ranks[sort](page)]));
    const sign = list.down ? -1 : 1;
    list.shown.sort((a, b) => {
      const [x, y] = [ranked.get(a), ranked.get(b)];
      return x < y ? -sign : x > y ? sign : 0;
    });
    list.at = Math.max(0, list.shown.indexOf(current));
    for (const head of document.querySelectorAll(".pages th")) {
      const name = head.querySelector("button").dataset.sort;
      if (name === sort) head.setAttribute("aria-sort", list.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const [some, all] = [list.shown.length, list.pages.length].map((n) => n.toLocaleString("en"));
    document.getElementById("count").textContent =
      some === all ? `${all} pages` : `${some} of ${all} pages`;
    body.replaceChildren();
    list.drawn = 0;
    draw();
  }

  function draw(until = 0) {
    const part = document.createDocumentFragment();
    const end = Math.min(list.shown.length, Math.max(until, list.drawn + STEP));
    for (; list.drawn < end; list.drawn++) part.append(row(list.shown[list.drawn]));
    body.append(part);
    more.hidden = list.drawn >= list.shown.length;
  }

  function row(page) {
    const box = h("input", { type: "checkbox", "aria-label": `Reviewed: ${page.title}` });
    box.checked = list.state(page) === "yes";
    const stale = list.state(page) === "changed";
    const codes = page.codes.slice(0, 4).join(" ") + (page.codes.length > 4 ? " …" : "");
    return h("tr", { "data-id": page.id },
      h("td", { class: "tick" }, box,
        stale && h("span", { class: "stale", title: "It changed since you looked" }, "changed")),
      h("td", { class: "name" },
        h("a", { href: `#/page/${page.id}` }, page.title),
        h("span", { class: "address" }, page.url)),
      h("td", { class: "wide" }, page.section),
      h("td", {}, h("span", { class: `badge ${page.trust.replace(" ", "-")}` }, page.trust)),
      h("td", { class: "number" },
        page.verdict === "missing" ? "missing"
          : page.verdict ? String(page.differences) : "–"),
      h("td", { class: "wide codes" }, codes));
  }

  /** Move to a row of the list, drawing as many as it takes. */
  function select(at, quiet) {
    if (!list.shown.length) return false;
    list.at = Math.min(Math.max(0, at), list.shown.length - 1);
    if (list.at >= list.drawn) draw(list.at + STEP);
    const link = body.children[list.at]?.querySelector("a");
    link?.focus({ preventScroll: quiet && list.at === 0 });
    link?.closest("tr").scrollIntoView({ block: "nearest" });
    return true;
  }
  list.neighbour = (page, step) => {
    const at = list.shown.indexOf(page);
    return at < 0 ? null : list.shown[at + step] || null;
  };
  list.note = (page) => { list.at = Math.max(0, list.shown.indexOf(page)); };

  body.addEventListener("change", (event) => {
    const page = list.byId.get(event.target.closest("tr").dataset.id);
    list.tick(page, event.target.checked);
    event.target.nextElementSibling?.remove();
  });
  body.addEventListener("focusin", (event) => {
    list.at = [...body.children].indexOf(event.target.closest("tr"));
  });
  more.addEventListener("click", () => {
    const first = list.drawn;
    draw();
    body.children[first]?.querySelector("a").focus();
  });
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && !more.hidden) draw();
  }, { rootMargin: "600px" }).observe(more);

  const changed = () => {
    history.replaceState(null, "", list.hash());
    apply();
  };
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 60);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); select(0); });
  form.addEventListener("reset", () => { Object.assign(list, { sort: "", down: false }); setTimeout(changed); });
  document.querySelector(".pages thead").addEventListener("click", (event) => {
    const name = event.target.closest("button")?.dataset.sort;
    if (!name) return;
    list.down = (list.sort || "trust") === name && !list.down;
    list.sort = name;
    changed();
  });

  const inList = (action) => () => (document.getElementById("overview").hidden ? false : action());
  hugo2myst.listKeys = {
    j: inList(() => select(body.contains(document.activeElement) ? list.at + 1 : list.at)),
    k: inList(() => select(list.at - 1)),
    r: inList(() => {
      const page = list.shown[list.at];
      return page ? list.tick(page, list.state(page) !== "yes") : false;
    }),
  };
  Object.assign(keys, hugo2myst.listKeys);
  keys["/"] = () => {
    if (document.getElementById("overview").hidden) location.hash = list.hash();
    setTimeout(() => document.getElementById("q").focus());
  };
})();
