// Runs in a trial's frame before the page's own script, which then decides as it would on the reader's device.
// `reader` stands before this: what that device remembers, where it is, what it asks for. Nothing is kept or sent.
Object.defineProperty(window, "localStorage", { value: reader.kept ? { tamizdat: reader.kept } : {} });
Object.defineProperty(navigator, "globalPrivacyControl", { value: reader.gpc });
Object.defineProperty(window, "Temporal", { value: { Now: { timeZoneId: () => reader.zone } } });
Date.prototype.getHours = () => reader.hour;
window.fetch = () => Promise.reject(new Error("a trial"));
addEventListener("DOMContentLoaded", () => parent.postMessage(document.documentElement.dataset.asks, "*"));
