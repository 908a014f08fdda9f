// @vitest-environment node
import { PDFDict, PDFDocument, PDFName, PDFString } from "@cantoo/pdf-lib";
import { expect, test } from "vitest";
import { type Bytes, concat, own, utf8 } from "../bytes.ts";
import { cleanDocument } from "./document.ts";

/** A picture of one pixel, as a camera leaves it: with a segment of where and when. */
const PIXEL = own(
  Uint8Array.from(
    atob(
      "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
    ),
    (letter) => letter.charCodeAt(0),
  ),
);
const segment = (marker: number, text: string): Bytes =>
  concat(new Uint8Array([0xff, marker, 0, text.length + 2]), utf8(text));
const PHOTO = concat(
  PIXEL.slice(0, 20),
  segment(0xe1, "Exif Secret-place"),
  segment(0xed, "Secret-caption"),
  segment(0xfe, "Secret-comment"),
  segment(0xe2, "ICC_PROFILE kept"),
  PIXEL.slice(20),
);

const text = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

/** A letter as a word processor would write it, with everything in it that tells about its writer. */
async function letter(): Promise<Bytes> {
  const document = await PDFDocument.create();
  const { context } = document;
  document.setTitle("Secret-title");
  document.setAuthor("Secret-author");
  const page = document.addPage([200, 200]);
  page.drawText("visible words", { x: 10, y: 10, size: 12 });
  page.drawImage(await document.embedJpg(PHOTO), { x: 50, y: 50, width: 10, height: 10 });
  const metadata = context.register(context.stream("<xmp>Secret-xmp</xmp>", { Type: "Metadata", Subtype: "XML" }));
  document.catalog.set(PDFName.of("Metadata"), metadata);
  page.node.set(PDFName.of("PieceInfo"), context.obj({ Word: { Private: PDFString.of("Secret-piece") } }));
  const note = { Type: "Annot", Subtype: "Text", Rect: [0, 0, 9, 9], Contents: PDFString.of("visible note") };
  page.node.set(
    PDFName.of("Annots"),
    context.obj([
      context.register(context.obj({ ...note, T: PDFString.of("Secret-name"), M: PDFString.of("D:20260101") })),
    ]),
  );
  // What was deleted before: nothing points to it any more.
  context.register(context.obj({ Contents: PDFString.of("Secret-deleted") }));
  return own(await document.save({ useObjectStreams: false }));
}

test("what tells about the writer is gone, what the reader sees is there", async () => {
  const given = await letter();
  // The title stands there as UTF-16 in hex.
  for (const told of ["xmp", "piece", "name", "deleted", "place", "caption", "comment"])
    expect(text(given)).toContain(`Secret-${told}`);
  expect(text(given)).toContain("/Info");
  const cleaned = await cleanDocument(given);
  if (!cleaned) throw new Error("not cleaned");
  expect(text(cleaned)).not.toMatch(/Secret|\/Info|\/ID\b|\/Producer|\/CreationDate|D:20/);
  expect(text(cleaned)).toContain("visible note");
  expect(text(cleaned)).toContain("ICC_PROFILE kept");
  const read = await PDFDocument.load(cleaned, { updateMetadata: false });
  expect(read.getPageCount()).toBe(1);
  expect(read.getPage(0).node.Resources()?.lookup(PDFName.of("XObject"), PDFDict).keys()).toHaveLength(1);
  expect(read.getTitle()).toBeUndefined();
});

test("objects packed into streams are cleaned, too", async () => {
  const packed = await (await PDFDocument.load(await letter())).save({ useObjectStreams: true });
  const cleaned = await cleanDocument(own(packed));
  if (!cleaned) throw new Error("not cleaned");
  expect(text(cleaned)).not.toMatch(/Secret|\/Info/);
  expect(text(cleaned)).toContain("visible note");
});

test("what is locked, cut off or no document is not sent", async () => {
  const locked = await PDFDocument.load(await letter());
  locked.encrypt({ userPassword: "geheim", ownerPassword: "geheim" });
  expect(await cleanDocument(own(await locked.save()))).toBeUndefined();
  expect(await cleanDocument(utf8("%PDF-1.7"))).toBeUndefined();
  expect(await cleanDocument(utf8("%PDF-1.7 trailer << /Root 1 0 R >>"))).toBeUndefined();
  expect(await cleanDocument(new Uint8Array())).toBeUndefined();
});
