/* The grid in a browser: a filter, digests to copy, and a run that goes on. Without a script the page shows all kernels. */
(function () {
  "use strict";

  function filter(run) {
    const bar = run.querySelector(".dtk-filter");
    if (!bar) {
      return () => {};
    }
    const text = bar.querySelector("input[type=search]");
    const status = bar.querySelector("select");
    const count = bar.querySelector("[role=status]");
    let streams = [];

    function read() {
      streams = Array.from(run.querySelectorAll(".dtk-grid tbody")).map((body) => ({
        body,
        rows: Array.from(body.querySelectorAll(".dtk-row")).map((row) => ({
          row,
          text: row.textContent.toLowerCase(),
          statuses: Array.from(row.querySelectorAll("[data-status]")).map((cell) => cell.dataset.status),
        })),
      }));
    }

    function apply() {
      const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      let all = 0;
      let shown = 0;
      streams.forEach((stream) => {
        let inStream = 0;
        stream.rows.forEach((entry) => {
          const fits =
            words.every((word) => entry.text.includes(word)) && (!status.value || entry.statuses.includes(status.value));
          entry.row.hidden = !fits;
          inStream += fits ? 1 : 0;
        });
        stream.body.hidden = inStream === 0;
        all += stream.rows.length;
        shown += inStream;
      });
      count.textContent = shown === all ? "" : shown + " of " + all;
    }

    /* The totals are links to the kernels that they count. */
    function applyAddress() {
      const wanted = window.location.hash.substring(1);
      if (wanted && Array.from(status.options).some((option) => option.value === wanted)) {
        status.value = wanted;
      }
      apply();
    }

    read();
    text.addEventListener("input", apply);
    status.addEventListener("change", apply);
    window.addEventListener("hashchange", applyAddress);
    bar.hidden = false;
    applyAddress();
    return () => {
      read();
      apply();
    };
  }

  /* Jenkins' own bars stay in sight, too: the head of a grid has to stop below them. */
  function placeHead() {
    let below = 0;
    document.querySelectorAll("#page-header, #breadcrumbBar, .jenkins-header").forEach((bar) => {
      if (["sticky", "fixed"].includes(getComputedStyle(bar).position)) {
        below += bar.offsetHeight;
      }
    });
    document.querySelectorAll(".dtk-run").forEach((run) => run.style.setProperty("--dtk-top", below + "px"));
  }

  function say(run, words) {
    const status = run.querySelector(".dtk-live");
    if (status && status.textContent !== words) {
      status.textContent = words;
    }
  }

  /* Pages over plain http have no clipboard: there the digest is marked, and the old command copies it. */
  function copy(run, digest) {
    getSelection().selectAllChildren(digest);
    const done = () => say(run, "Copied " + digest.title);
    const old = () => document.execCommand("copy") && say(run, "Copied " + digest.textContent);
    if (navigator.clipboard) {
      navigator.clipboard.writeText(digest.title).then(done, old);
    } else {
      old();
    }
  }

  function buttons(within) {
    within.querySelectorAll(".dtk-digest").forEach((digest) => {
      digest.setAttribute("role", "button");
      digest.setAttribute("tabindex", "0");
      digest.setAttribute("aria-label", "Copy " + digest.title);
    });
  }

  function copies(run) {
    buttons(run);
    const act = (event) => {
      const digest = event.target.closest(".dtk-digest");
      if (digest && (event.type === "click" || event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        copy(run, digest);
      }
    };
    run.addEventListener("click", act);
    run.addEventListener("keydown", act);
  }

  /* What has changed takes the place of what is shown; who stands on a link there stays on it. */
  function replace(old, fresh) {
    if (!old || old.dataset.shown === fresh.innerHTML || old.innerHTML === fresh.innerHTML) {
      return false;
    }
    const active = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.dataset.shown = fresh.innerHTML;
    old.textContent = "";
    Array.from(fresh.childNodes).forEach((node) => old.appendChild(node));
    buttons(old);
    if (active) {
      const link = Array.from(old.querySelectorAll("a")).find((one) => one.getAttribute("href") === active);
      (link || old.querySelector("a") || old).focus();
    }
    return true;
  }

  function update(run, fresh) {
    const rows = new Map(Array.from(run.querySelectorAll(".dtk-row")).map((row) => [row.dataset.kernel, row]));
    let changed = false;
    fresh.querySelectorAll(".dtk-row").forEach((row) => {
      const old = rows.get(row.dataset.kernel);
      Array.from(row.cells).forEach((cell, i) => {
        changed = replace(old && old.cells[i], cell) || changed;
      });
    });
    replace(run.querySelector(".dtk-time-now"), fresh.querySelector(".dtk-time-now"));
    const totals = run.querySelector(".dtk-totals");
    if (replace(totals, fresh.querySelector(".dtk-totals"))) {
      say(run, Array.from(totals.children).map((total) => total.textContent).join(", "));
    }
    return changed;
  }

  /* A run that goes on: asks for the rows that it works on while somebody looks. */
  function follow(run, refilter) {
    const every = 1000 * Number(run.dataset.seconds || 5);
    let failures = 0;

    /* Whether the run goes on. */
    function take(text) {
      const page = new DOMParser().parseFromString(text, "text/html");
      const fresh = page.querySelector("[data-run='" + run.dataset.run + "']");
      if (!fresh) {
        throw new Error("no such run");
      }
      if (update(run, fresh)) {
        refilter();
      }
      return Boolean(fresh.dataset.live);
    }

    function ask() {
      if (document.hidden) {
        return Promise.resolve(true);
      }
      return fetch(run.dataset.live, { redirect: "error" })
        .then((answer) => {
          if (!answer.ok) {
            throw new Error(answer.statusText);
          }
          return answer.text();
        })
        .then(take);
    }

    function next() {
      setTimeout(() => {
        ask().then(
          (goesOn) => {
            failures = 0;
            if (goesOn) {
              next();
            }
          },
          () => {
            failures += 1;
            if (failures < 5) {
              next();
            } else {
              run.querySelector(".dtk-stale").hidden = false;
            }
          }
        );
      }, every * (1 + failures));
    }

    next();
  }

  function start() {
    document.querySelectorAll(".dtk-run").forEach((run) => {
      const refilter = filter(run);
      copies(run);
      if (run.dataset.live) {
        follow(run, refilter);
      }
    });
    placeHead();
    window.addEventListener("resize", placeHead);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
