// The privacy page shows all that this device remembers, also what the paper cannot read, and whoever holds the device
// forgets it or switches its memory off. Every change begins the page anew, so that no script goes on with what it read.
addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("remembered"), shown = form.querySelector("output");
  let kept, state;
  try { kept = localStorage.tamizdat; } catch { return; /* storage is off */ }
  try { state = JSON.parse(kept || '{"version":2,"quiet":{}}'); } catch { /* shown as it is */ }
  const isOurs = state?.version < 3, anew = () => { location.hash = form.id; location.reload(); };
  if (kept) shown.textContent = state ? JSON.stringify(state, null, 1) : kept;
  for (const box of form.querySelectorAll("[type=checkbox]")) {
    box.checked = isOurs && state[box.name];
    box.disabled = !isOurs;
  }
  form.removeAttribute("hidden"); // its field of that name stands before the property
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter.name) localStorage.removeItem("tamizdat");
    else if (isOurs) {
      for (const { name, checked } of form.querySelectorAll("[type=checkbox]")) state[name] = checked || undefined;
      if (state.uncounted) delete state.reads;
      localStorage.tamizdat = JSON.stringify(state);
    }
    anew();
  });
});
