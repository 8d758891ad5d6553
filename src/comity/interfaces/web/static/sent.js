// Asks how far an upload is, and shows the page anew when its state has changed. Without this the page does so itself.
"use strict";
for (const shown of document.querySelectorAll("[data-state]")) {
  const progress = shown.querySelector("[data-progress]");
  const look = async () => {
    try {
      const answer = await fetch(shown.dataset.address, { cache: "no-store" });
      if (!answer.ok) return location.reload();
      const found = await answer.json();
      if (found.state !== shown.dataset.state) return location.reload();
      if (progress.textContent !== found.progress) progress.textContent = found.progress;
    } catch { /* the site is away for a moment */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}
