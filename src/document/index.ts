export { attributeDocs, frontMatterDocs, variableTypeDocs } from './format-docs.ts'
export { type ParsedDocument, parseDocument } from './parse-document.ts'
export { spanOfLines } from './point-out.ts'
export { joinWithoutBlankEnds } from './trim-blank.ts'
export type {
  Block,
  CommandBlock,
  DocumentCommand,
  FenceAttributes,
  FencePart,
  FrontMatter,
  Inline,
  LineRange,
  ListBlock,
  ListItem,
  RunbookDocument,
  Section,
} from './types.ts'
