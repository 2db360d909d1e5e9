import type { Browser, Page } from "playwright-core";

/** A page of the app, and what went wrong on it: errors, complaints of the browser, calls to anywhere but the app itself. */
interface Opened {
  readonly page: Page;
  readonly faults: string[];
}

type Look = Parameters<Browser["newPage"]>[0];

export async function openedPage(browser: Browser, url: string, path: string, look: Look = {}): Promise<Opened> {
  const page = await browser.newPage(look);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => {
    // Maps make workers and pictures of their own.
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) faults.push(`calls ${request.url()}`);
  });
  await page.goto(url + path);
  return { page, faults };
}
