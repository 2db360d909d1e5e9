import type { Job, Progress } from "@trivium/model";

export type JobEvent =
  | { readonly id: number; readonly kind: "status"; readonly job: Job }
  | { readonly id: number; readonly kind: "progress"; readonly progress: Progress };

/** Server-sent events out of a response body, as they come. @see WHATWG HTML, 9.2.6 Interpreting an event stream */
export async function* jobEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<JobEvent> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of chunksOf(body)) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) yield event;
    }
  }
}

/** Not every browser lets a stream be iterated over. Whoever stops listening ends the stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}

function eventOf(block: string): JobEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const id = Number(fields.get("id"));
  const data = fields.get("data");
  if (data === undefined) return undefined;
  return fields.get("event") === "progress"
    ? { id, kind: "progress", progress: JSON.parse(data) }
    : { id, kind: "status", job: JSON.parse(data) };
}
