/**
 * Classes for a `<Table>` whose rows turn into cards on a narrow screen: cell under cell, no headings. Only for rows that explain
 * themselves without the headings; give the least width of the wide form with `md:`.
 */
export const cardRows =
  "max-md:block max-md:[&>tbody]:block max-md:[&>thead]:sr-only max-md:[&>tbody>tr]:flex max-md:[&>tbody>tr]:flex-col max-md:[&>tbody>tr]:py-1.5 max-md:[&>tbody>tr>td]:w-auto max-md:[&>tbody>tr>td]:max-w-full max-md:[&>tbody>tr>td]:py-0.5";
