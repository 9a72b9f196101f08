// Asking the desk's server, and telling it what was decided.

const KEPT = "qawl-desk-token";
const HEADER = "qawl-token";

export interface Refusal {
  error: string;
  part?: string;
  field?: string;
  difference?: [sign: string, line: string][];
}

/** An answer that is not what was asked for; status 0 where there was none. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(refusal.error);
  }
}

/** Take the token out of the address, where it would be seen, and keep it for this origin. */
export function takeToken(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given === null) return;
  localStorage.setItem(KEPT, given);
  history.replaceState(null, "", location.pathname + location.search);
}

export function hasToken(): boolean {
  return localStorage.getItem(KEPT) !== null;
}

async function answer<T>(path: string, request: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Refused(0, { error: "" });
  }
  const data = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Refused(response.status, data);
  return data;
}

/** Every answer is in the language of the page, whatever the browser would ask for. */
function inLanguage(): Record<string, string> {
  return { lang: document.documentElement.lang };
}

export function get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  return answer(`${path}?${new URLSearchParams({ ...query, ...inLanguage() })}`, {});
}

export function post<T>(path: string, body: unknown): Promise<T> {
  const headers = {
    "content-type": "application/json",
    [HEADER]: localStorage.getItem(KEPT) ?? "",
  };
  return answer(`${path}?${new URLSearchParams(inLanguage())}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
}
