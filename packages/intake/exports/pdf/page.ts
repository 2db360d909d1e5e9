import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import { DRAFT_MARK } from "../draft.ts";

const require = createRequire(import.meta.url);
/** Embedded, since names of people and places go beyond the Latin letters that every PDF reader has. */
const FONT = {
  plain: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf"),
  bold: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf"),
} as const;

export const INK = "#1f2933";
export const MUTED = "#5b6773";
const DRAFT_RED = "#9c0006";

/** Points (1/72 inch), US Letter. */
const MARGIN = 54;

export interface PrintedTitle {
  readonly title: string;
  /** At the foot of each page: what this is and where it comes from. */
  readonly footer: string;
  /** False puts the draft mark at the head of each page. */
  readonly approved: boolean;
}

/**
 * A printed document that is filled from the top down; what does not fit goes to the next page.
 * Lengths are points (1/72 inch); `y` grows downwards.
 */
export class Page {
  readonly document: PDFKit.PDFDocument;
  readonly #chunks: Uint8Array[] = [];
  readonly #ended: Promise<void>;
  readonly #printed: PrintedTitle;

  constructor(printed: PrintedTitle) {
    this.#printed = printed;
    this.document = new PDFDocument({
      size: "LETTER",
      margin: MARGIN,
      bufferPages: true,
      lang: "en-US",
      displayTitle: true,
      // Equal plans give equal files: no time of writing.
      info: { Title: printed.title, Creator: "Trivium", Producer: "Trivium", CreationDate: new Date(0) },
    });
    this.document.registerFont("plain", FONT.plain).registerFont("bold", FONT.bold).font("plain").fillColor(INK);
    this.document.on("data", (chunk: Uint8Array) => this.#chunks.push(chunk));
    this.#ended = new Promise((resolve, reject) => {
      this.document.once("end", resolve);
      this.document.once("error", reject);
    });
  }

  get left(): number {
    return MARGIN;
  }

  get width(): number {
    return this.document.page.width - 2 * MARGIN;
  }

  get y(): number {
    return this.document.y;
  }

  set y(value: number) {
    this.document.x = MARGIN;
    this.document.y = value;
  }

  /** Goes to the next page unless `height` points are left on this one. */
  need(height: number): void {
    if (this.y + height > this.document.page.height - MARGIN) this.next();
  }

  next(): void {
    this.document.addPage();
    this.y = MARGIN;
  }

  title(text: string): void {
    this.#text(text, "bold", 20, INK, 4);
  }

  heading(text: string): void {
    this.need(90);
    if (this.y > MARGIN) this.y += 10;
    this.document.outline.addItem(text);
    this.#text(text, "bold", 13, INK, 4);
  }

  subheading(text: string): void {
    this.need(60);
    this.#text(text, "bold", 10, INK, 3);
  }

  paragraph(text: string): void {
    this.#text(text, "plain", 9.5, INK, 6);
  }

  note(text: string): void {
    this.#text(text, "plain", 8, MUTED, 6);
  }

  warning(text: string): void {
    this.#text(text, "bold", 9.5, DRAFT_RED, 6);
  }

  /** Marks and numbers the pages. @returns the file */
  async bytes(): Promise<Uint8Array> {
    const { start, count } = this.document.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.document.switchToPage(page);
      this.#frame(page - start + 1, count);
    }
    this.document.end();
    await this.#ended;
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  #text(text: string, font: string, size: number, color: string, after: number): void {
    this.document.font(font).fontSize(size).fillColor(color);
    this.need(this.document.heightOfString(text, { width: this.width }));
    this.document.text(text, MARGIN, this.y, { width: this.width });
    this.y += after;
  }

  #frame(page: number, pages: number): void {
    const { document } = this;
    // Writing into the margin must not start another page.
    document.page.margins.bottom = 0;
    const foot = document.page.height - MARGIN + 16;
    document.font("plain").fontSize(7.5).fillColor(MUTED);
    document.text(this.#printed.footer, MARGIN, foot, { width: this.width - 70, lineBreak: false, ellipsis: true });
    document.text(`Page ${page} of ${pages}`, MARGIN + this.width - 70, foot, { width: 70, align: "right" });
    if (this.#printed.approved) return;
    document.font("bold").fontSize(9).fillColor(DRAFT_RED);
    document.text(DRAFT_MARK, MARGIN, 26, { width: this.width, align: "center" });
  }
}
