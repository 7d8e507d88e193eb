// Draws the table below the chart as two lines; words and colours come from that table's own headings.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const canvas = document.getElementById("desk-chart");
  if (!canvas) return;
  const figures = JSON.parse(document.getElementById("desk-chart-data").textContent);
  const quiet = getComputedStyle(document.querySelector(".desk-quiet")).color;

  const line = (name) => {
    const heading = document.getElementById(`desk-line-${name}`);
    const colour = getComputedStyle(heading).color;
    const stroke = { borderColor: colour, backgroundColor: colour, borderWidth: 2, pointRadius: 2 };
    return { label: heading.textContent.trim(), data: figures[name].map(Number), ...stroke };
  };

  // Each line says its own name after its end, so that nobody looks up a legend; two that meet keep apart.
  const labels = {
    id: "labels",
    afterDatasetsDraw(chart) {
      const ends = chart.data.datasets.map((set, index) => ({ set, point: chart.getDatasetMeta(index).data.at(-1) }));
      ends.sort((one, other) => one.point.y - other.point.y);
      const push = Math.max(0, 16 - (ends[1].point.y - ends[0].point.y)) / 2;
      ends.forEach(({ set, point }, index) => {
        const write = chart.ctx;
        write.save();
        write.font = "600 13px system-ui";
        write.fillStyle = set.borderColor;
        write.textBaseline = "middle";
        write.fillText(set.label, point.x + 8, point.y + (index ? 1 : -1) * push);
        write.restore();
      });
    },
  };

  const axis = { ticks: { color: quiet }, grid: { display: false }, border: { color: quiet } };
  new Chart(canvas, {
    type: "line",
    data: { labels: figures.months, datasets: [line("raised"), line("need")] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: { padding: { top: 8, right: 80 } },
      plugins: { legend: { display: false } },
      interaction: { mode: "index", intersect: false },
      scales: { x: axis, y: { ...axis, beginAtZero: true, grace: "10%" } },
    },
    plugins: [labels],
  });
});
