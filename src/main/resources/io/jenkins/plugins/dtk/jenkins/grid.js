/* The filter of the grid and the place of its head: without a script all kernels are shown, and there is no filter. */
(function () {
  "use strict";

  function filter(run) {
    const bar = run.querySelector(".dtk-filter");
    if (!bar) {
      return;
    }
    const text = bar.querySelector("input[type=search]");
    const status = bar.querySelector("select");
    const count = bar.querySelector("[role=status]");
    const streams = Array.from(run.querySelectorAll(".dtk-grid tbody")).map((body) => ({
      body,
      rows: Array.from(body.querySelectorAll(".dtk-row")).map((row) => ({
        row,
        text: row.textContent.toLowerCase(),
        statuses: Array.from(row.querySelectorAll("[data-status]")).map((cell) => cell.dataset.status),
      })),
    }));
    const all = streams.reduce((sum, stream) => sum + stream.rows.length, 0);

    function apply() {
      const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
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
        shown += inStream;
      });
      count.textContent = shown === all ? "" : shown + " " + count.dataset.words + " " + all;
    }

    /* The totals are links to the kernels that they count. */
    function applyAddress() {
      const wanted = window.location.hash.substring(1);
      if (wanted && Array.from(status.options).some((option) => option.value === wanted)) {
        status.value = wanted;
      }
      apply();
    }

    text.addEventListener("input", apply);
    status.addEventListener("change", apply);
    window.addEventListener("hashchange", applyAddress);
    bar.hidden = false;
    applyAddress();
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

  function start() {
    document.querySelectorAll(".dtk-run").forEach(filter);
    placeHead();
    window.addEventListener("resize", placeHead);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
