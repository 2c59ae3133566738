// Hands a file that the page has made to the browser.

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(content);
  link.click();
  // The browser has taken the file when the click's own work is done.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
