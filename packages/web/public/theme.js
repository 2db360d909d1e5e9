// Before the first paint: the theme that was chosen here, so that no page flashes in the other.
try {
  const theme = localStorage.getItem("trivium-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
