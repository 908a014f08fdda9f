// PDF files are written anew before they go out: who wrote them, with what and when, and what was deleted in them, stays here.
import {
  PDFArray,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFWriter,
} from "@cantoo/pdf-lib";
import { type Bytes, own } from "../bytes.ts";

const name = (text: string): PDFName => PDFName.of(text);
/** How many are read or written before the page may do something else. */
const OBJECTS_AT_ONCE = 500;
/** What any object can say about where it came from (ISO 32000-2: 14.3 metadata, 14.5 page-piece dictionaries). */
const TELLING = ["Metadata", "PieceInfo", "LastModified"].map(name);
/** What a note on a page says about who wrote it and when (ISO 32000-2: 12.5.2, 12.5.6.2). */
const TELLING_OF_A_NOTE = ["T", "M", "CreationDate"].map(name);

/** Writes a PDF anew without what its writer left beside the pages. Nothing if it cannot be read, or only with a password. */
export async function cleanDocument(given: Bytes): Promise<Bytes | undefined> {
  try {
    // A copy, because what is left out of pictures is cut out in place.
    const context = await PDFParser.forBytesWithOptions(given.slice(), OBJECTS_AT_ONCE).parseDocument();
    const { Root: root, Encrypt: locked } = context.trailerInfo;
    if (!root || locked) return undefined;
    const kept = reached(root, (reference) => context.lookup(reference));
    for (const [reference, object] of context.enumerateIndirectObjects()) {
      if (!kept.has(reference)) context.delete(reference);
      else if (object instanceof PDFRawStream && isPhoto(object)) context.assign(reference, withoutNotes(object));
    }
    context.trailerInfo = { Root: root };
    return own(await PDFWriter.forContext(context, OBJECTS_AT_ONCE).serializeToBuffer());
  } catch {
    return undefined;
  }
}

/** Everything that can be reached from here, after what tells too much was taken out of it. */
function reached(from: PDFObject, lookup: (reference: PDFRef) => PDFObject | undefined): Set<PDFRef> {
  const seen = new Set<PDFRef>();
  const open: (PDFObject | undefined)[] = [from];
  while (open.length > 0) {
    const object = open.pop();
    if (object instanceof PDFRef) {
      if (!seen.has(object)) open.push(lookup(object));
      seen.add(object);
    } else if (object instanceof PDFArray) {
      open.push(...object.asArray());
    } else if (object instanceof PDFDict || object instanceof PDFStream) {
      const dict = object instanceof PDFDict ? object : object.dict;
      for (const key of TELLING) dict.delete(key);
      if (isNote(dict)) for (const key of TELLING_OF_A_NOTE) dict.delete(key);
      open.push(...dict.values());
    }
  }
  return seen;
}

/** Whether this is a note on a page; the fields of a form look alike, but what they are called is needed. */
function isNote(dict: PDFDict): boolean {
  return dict.has(name("Rect")) && dict.has(name("Subtype")) && dict.get(name("Subtype")) !== name("Widget");
}

function isPhoto(stream: PDFRawStream): boolean {
  const filter = stream.dict.get(name("Filter"));
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.get(0) : filter;
  return only === name("DCTDecode");
}

/**
 * A JPEG picture without the segments in which cameras write where and when (APP1, APP3 to APP13, APP15, comments). How its
 * colours are meant stays (APP0, APP2, APP14).
 */
function withoutNotes(stream: PDFRawStream): PDFRawStream {
  const bytes = stream.getContents();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let kept = 2;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const marker = bytes[at + 1] ?? 0;
    const end = Math.min(at + 2 + view.getUint16(at + 2), bytes.length);
    const tells = marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee);
    if (!tells) {
      bytes.copyWithin(kept, at, end);
      kept += end - at;
    }
    at = end;
  }
  bytes.copyWithin(kept, at);
  return PDFRawStream.of(stream.dict, bytes.slice(0, kept + bytes.length - at));
}
