// Sets the remembered theme before the first paint. Absent or unreadable: the system decides.
try {
  const theme = localStorage.getItem('greenroom.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked; the system's theme stands.
}
