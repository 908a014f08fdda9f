/** The page at an address as a document; nothing when there is no answer, or when one is led elsewhere (signed out meanwhile). */
export async function pageAt(source: string): Promise<Document | null> {
  try {
    const response = await fetch(source, { headers: { accept: "text/html" } });
    if (!response.ok || response.redirected) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}
