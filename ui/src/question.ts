/** The page of a named question: its answer sorts, filters and is drawn. */

import { enhance } from "./answers/answer";

enhance(document.getElementById("answer"));
