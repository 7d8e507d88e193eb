// What this device remembers of the asks is one readable object under "tamizdat":
// {"version": 1, "quiet": {"notice": "2026-12-07", "asks": "2027-11-23"}}, each with the day its silence ends.
// State that cannot be read, or that a newer page wrote, means silence: nobody is asked by mistake.
(() => {
  const name = "tamizdat", root = document.documentElement;
  const silence = { notice: "9999", asks: "9999" };
  const load = () => {
    let kept = null;
    try { kept = localStorage.getItem(name); } catch { /* storage is off: a new reader */ }
    if (!kept) return {};
    try {
      const state = JSON.parse(kept);
      if (state.version === 1 && typeof state.quiet === "object") return state.quiet ?? silence;
    } catch { /* unreadable */ }
    return silence;
  };
  const keep = (what, days) => {
    const quiet = load();
    if (quiet === silence) return;
    quiet[what] = new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
    try {
      localStorage.setItem(name, JSON.stringify({ version: 1, quiet }));
    } catch { /* storage is off: the ask stays hidden on this page only */ }
  };
  const today = new Date().toISOString(), quiet = load();
  for (const what of ["notice", "asks"]) if (quiet[what] > today) root.classList.add("no-" + what);
  addEventListener("change", ({ target }) => {
    if (target.dataset.quiet && target.checked) keep(target.dataset.quiet, target.dataset.days);
  });
  addEventListener("submit", ({ target }) => {
    const when = target.elements.when;
    if (when) keep("asks", when.value === "three-months" ? 91 : 30);
  });
})();
