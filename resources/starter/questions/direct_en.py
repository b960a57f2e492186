"""Plain sums in English: how people ask for one operation. {a} and {b} are the numbers of a op b."""

LISTS = {
    "what": ["what is", "what's", "whats", "how much is", "what does", "calculate", "compute", "work out", "find",
             "tell me", "give me", "solve", "can you (do|calculate|work out|solve|compute)", "could you (do|calculate|tell me)",
             "i need", "i want to know", "do you know", "do", "evaluate", "figure out", "please (calculate|compute|work out|solve)",
             "let's do", "help me with", "show me", "determine", "i'd like to know", "what will be", "how about", "quick:"],
    "result": ["the result of", "the answer to", "the value of", "the outcome of"],
    "sum": ["the sum of", "the total of", "the addition of"],
    "diff": ["the difference between", "the difference of"],
    "prod": ["the product of", "the multiplication of"],
    "ask_end": ["equal[s]", "make[s]", "give[s]", "come to", "be", "is", "equal to"],
}

ADD = [
    "{a}+{b}", "{a} + {b}", "{a}+{b}=", "{a} + {b} =", "{a} + {b} = ?", "{a}+{b}?", "<what> {a}+{b}", "<what> {a} + {b}",
    "<what> {a} + {b}", "<what> <result> {a} + {b}", "<what> {a} plus {b}", "<what> {a} plus {b}", "<what> {a} and {b} added together",
    "<what> <sum> {a} and {b}", "<what> <sum> {a} and {b}", "{a} plus {b}", "{a} plus {b} (is|equals|makes|gives)[ what]",
    "{a} and {b} (make|makes|give) (what|how much)", "add {a} and {b}", "add {a} to {b}", "add {b} onto {a}", "add up {a} and {b}",
    "add together {a} and {b}", "add these[ two] numbers: {a}, {b}", "add these: {a} and {b}", "sum {a} and {b}", "sum up {a} and {b}",
    "sum of {a} and {b}", "total of {a} and {b}", "what do (you|i|we) get (if|when) (you|i|we) add {a} (and|to) {b}",
    "what do {a} and {b} (add up to|sum to|make[ together]|come to|total)", "what (is|would be) {a} increased by {b}",
    "increase {a} by {b}", "raise {a} by {b}", "{a} increased by {b}", "put {a} and {b} together", "combine {a} and {b}",
    "if i add {a} and {b}, what (do i get|is the total|is the sum)", "how much (are|is) {a} and {b} (together|combined|in total|altogether)",
    "how much do {a} and {b} make", "how much does {a} plus {b} make", "i have {a} and add {b}, how much is (it|that)",
    "take {a} and add {b}", "start (with|at|from) {a} and add {b}", "what number is {b} more than {a}", "which number is {b} (greater|larger|bigger|higher) than {a}",
    "{b} more than {a} is (what|which number)", "what is {b} more than {a}", "count {b} (up|on|further) from {a}", "the sum of {a} and {b}",
    "add {b} to {a} (please|for me)", "can you add {a} and {b}", "could you sum {a} and {b} for me", "please add {a} and {b}",
    "(could|can|would) you[ please] add {a} (and|to) {b}", "if you put {a} with {b} what is the total", "total: {a} + {b}", "total {a} and {b}",
    "what is the total (of|if you add) {a} and {b}", "what's {a} added to {b}", "{a} added to {b}", "calculate {a} plus {b}", "{a} & {b} together",
    "what is the result (if|when) {a} is added to {b}", "when {a} and {b} are added, what is the sum", "which number do i get from {a} plus {b}",
    "please find the sum of {a} and {b}", "find the total of {a} and {b}", "tally {a} and {b}", "tally up {a} and {b}", "join {a} and {b}",
    "two numbers are {a} and {b}. what is their (sum|total)", "my numbers are {a} and {b}, please (add|sum) them", "{a} and {b}, added",
    "here are two numbers: {a} and {b}. add them[ up]", "the numbers {a} and {b}: what is the sum", "grow {a} by {b}", "what is {a} with {b} added",
    "{a} with {b} more", "{a} and {b} more is", "{a} and another {b} is how much", "{a} together with {b}", "how much is {a} with another {b}",
]

SUBTRACT = [
    "{a}-{b}", "{a} - {b}", "{a}-{b}=", "{a} - {b} =", "{a} - {b} = ?", "{a}-{b}?", "<what> {a}-{b}", "<what> {a} - {b}", "<what> {a} - {b}",
    "<what> <result> {a} - {b}", "<what> {a} minus {b}", "<what> {a} minus {b}", "<what> {a} less {b}", "<what> <diff> {a} and {b}", "{a} minus {b}",
    "{a} minus {b} (is|equals|makes|gives)[ what]", "subtract {b} from {a}", "take {b} (from|away from|off|out of) {a}", "take away {b} from {a}",
    "remove {b} from {a}", "deduct {b} from {a}", "{a} take away {b}", "what is {a} take away {b}", "{a} reduced by {b}", "{a} decreased by {b}",
    "reduce {a} by {b}", "decrease {a} by {b}", "lower {a} by {b}", "cut {a} by {b}", "cut {b} off {a}", "drop {b} from {a}", "what do (you|i|we) get (if|when) (you|i|we) subtract {b} from {a}",
    "what (is|remains|is left|stays) (if|when) (you|i|we) (take|remove|subtract) {b} from {a}", "what is left of {a} (after|when) {b} (is|are) (gone|removed|taken[ away])",
    "how much is {a} minus {b}", "how much (is left|remains) (if|when) i take {b} from {a}", "how much is {a} without {b}", "{a} without {b}",
    "if i subtract {b} from {a}, what (do i get|is the result|is left)", "what number is {b} (less|smaller|lower) than {a}", "which number is {b} (less|below|under) {a}",
    "{b} less than {a} is (what|which number)", "what is {b} less than {a}", "how much (bigger|larger|more|greater|higher) is {a} (than|compared (with|to)) {b}",
    "by how much (is|does) {a} (larger than|exceed|greater than|more than) {b}", "how much (smaller|less|lower) is {b} than {a}", "how many more is {a} than {b}",
    "how far is it from {b} to {a}", "what must i add to {b} to get {a}", "what (do i add|is missing) to {b} to (make|get|reach) {a}", "{b} plus what (is|makes|gives) {a}",
    "what is the difference between {a} and {b}", "difference between {a} and {b}", "difference of {a} and {b}", "find the difference between {a} and {b}",
    "the difference between {a} and {b}", "start (with|at|from) {a} and (subtract|take away|go back) {b}", "take {a} and subtract {b}", "count {b} (down|back|backwards) from {a}",
    "i have {a} and subtract {b}, how much is (it|that)", "please subtract {b} from {a}", "(could|can|would) you[ please] subtract {b} from {a}", "calculate {a} minus {b}",
    "{a} subtract {b}", "from {a} (subtract|take|remove) {b}", "from {a} take away {b}", "what is {a} with {b} (removed|taken off|taken away)", "{a} lowered by {b}", "{a} diminished by {b}",
    "what is {a} (reduced|decreased|lowered) by {b}", "shrink {a} by {b}", "subtract {b} off {a}", "what's {b} subtracted from {a}", "{b} subtracted from {a}", "when {b} is subtracted from {a}, what is left",
    "what remains of {a} after subtracting {b}", "the numbers {a} and {b}: what is the difference", "two numbers are {a} and {b}. what is their difference", "strip {b} from {a}", "knock {b} off {a}",
]

MULTIPLY = [
    "{a}×{b}", "{a} × {b}", "{a}*{b}", "{a} * {b}", "{a}x{b}", "{a} x {b}", "{a} × {b} =", "{a}*{b}=", "{a} x {b} = ?", "<what> {a}×{b}", "<what> {a} × {b}", "<what> {a} × {b}", "<what> {a} * {b}",
    "<what> {a} x {b}", "<what> {a}*{b}", "<what> <result> {a} × {b}", "<what> {a} times {b}", "<what> {a} times {b}", "<what> {a} times {b}", "<what> {a} multiplied by {b}", "<what> {a} multiplied with {b}",
    "<what> <prod> {a} and {b}", "{a} times {b}", "{a} times {b} (is|equals|makes|gives)[ what]", "multiply {a} by {b}", "multiply {a} (and|with|times) {b}", "multiply {a} by {b} (please|for me)", "product of {a} and {b}",
    "the product of {a} and {b}", "find the product of {a} and {b}", "what do (you|i|we) get (if|when) (you|i|we) multiply {a} (by|and|with) {b}", "how much (is|makes|are) {a} times {b}",
    "how much is {a} taken {b} times", "{a} taken {b} times", "if i multiply {a} by {b}, what (do i get|is the product)", "what is {a} multiplied by {b}", "{a} multiplied by {b}", "{a} by {b}, multiplied", "what is {a} by {b}, multiplied",
    "please multiply {a} (by|and|with) {b}", "(could|can|would) you[ please] multiply {a} (by|with|and) {b}", "the numbers {a} and {b}: what is the product", "two numbers are {a} and {b}. what is their product",
    "{a} groups of {b}", "{a} lots of {b}", "what are {a} lots of {b}", "how much are {a} groups of {b}", "calculate {a} times {b}", "{a} sets of {b} make how many", "take {a} and multiply it by {b}", "take {a}, {b} times",
    "repeat {a} {b} times and add it all up", "start with {a} and multiply by {b}", "what is {b} times as (much|many|large) as {a}", "{b} times as much as {a} is (what|how much)", "scale {a} by {b}", "{a} times {b} please", "{a} multiply {b}",
    "my numbers are {a} and {b}, please multiply them", "multiply these[ two][ numbers]: {a}, {b}", "multiply these: {a} and {b}", "{a} and {b} multiplied", "when {a} is multiplied by {b}, what is the result",
]

DIVIDE = [
    "{a}÷{b}", "{a} ÷ {b}", "{a}/{b}", "{a} / {b}", "{a}:{b}", "{a} : {b}", "{a} ÷ {b} =", "{a}/{b}=", "{a} / {b} = ?", "<what> {a}÷{b}", "<what> {a} ÷ {b}", "<what> {a} ÷ {b}", "<what> {a} / {b}", "<what> {a}/{b}", "<what> {a} : {b}",
    "<what> <result> {a} ÷ {b}", "<what> {a} divided by {b}", "<what> {a} divided by {b}", "<what> {a} divided by {b}", "<what> {a} over {b}", "{a} divided by {b}", "{a} divided by {b} (is|equals|makes|gives)[ what]", "divide {a} by {b}", "divide {a} by {b} (please|for me)",
    "divide {a} into {b} equal (parts|pieces|groups)", "split {a} (into|in) {b} equal (parts|pieces|groups)", "split {a} by {b}", "share {a} (among|between|equally among) {b}", "how (often|many times) does {b} (go|fit) into {a}", "how many times (is|does) {b} (contained in|go into|fit into|fit in) {a}",
    "how many {b}s are (in|there in) {a}", "{b} goes into {a} how (often|many times)", "{b} into {a} goes how often", "what do (you|i|we) get (if|when) (you|i|we) divide {a} by {b}", "if i divide {a} by {b}, what (do i get|is the result)", "how much is {a} divided by {b}",
    "what is the quotient of {a} and {b}", "quotient of {a} and {b}", "the quotient of {a} and {b}", "find the quotient of {a} and {b}", "{a} divided by {b} with remainder", "what is {a} divided by {b} with remainder", "divide {a} by {b} and give the remainder",
    "what is the remainder (of|when) {a} (divided by|is divided by) {b}", "please divide {a} by {b}", "(could|can|would) you[ please] divide {a} by {b}", "calculate {a} divided by {b}", "{a} over {b}", "take {a} and divide it by {b}", "start with {a} and divide by {b}",
    "{a} split (into|in) {b} (parts|equal parts)", "{a} shared (by|among|between) {b}", "the numbers {a} and {b}: what is the quotient", "integer division of {a} by {b}", "do the long division {a} by {b}", "long division: {a} by {b}", "what is one {b}th of {a}", "{a} cut into {b} equal pieces",
    "how many groups of {b} can (i|you|we) make from {a}", "how many groups of {b} are in {a}", "break {a} into {b} equal parts", "when {a} is divided by {b}, what is the result", "separate {a} into {b} equal groups", "{a} by {b}, divided",
]

# Chains: (template, which); p, q are operations as signs or words.
CHAIN = [
    "{e}", "{e} =", "{e}=", "<what> {e}", "<what> {e}", "<what> <result> {e}", "what do i get for {e}", "what is {e} equal to", "please solve {e}", "{e} = ?", "can you do {e}",
    "how much is {e}", "evaluate {e}", "simplify {e}", "find {e}", "solve: {e}", "calculate: {e}", "now {e}",
]
SIGNS = {"+": ["+", "+", "+", "plus"], "-": ["-", "-", "−", "minus"], "×": ["×", "*", "x", "times"], "÷": ["÷", "/", ":", "divided by"]}
# Step by step: (first operation, template with {a} {b} and then a second step from THEN).
BEGIN = {
    "+": ["add {a} and {b}", "take {a}, add {b}", "start with {a}, add {b}", "{a} plus {b}", "add {b} to {a}", "i have {a} and get {b} more", "sum {a} and {b}"],
    "-": ["subtract {b} from {a}", "take {a}, subtract {b}", "start with {a}, take away {b}", "{a} minus {b}", "i have {a} and lose {b}", "take {b} from {a}"],
    "×": ["multiply {a} by {b}", "take {a}, multiply by {b}", "{a} times {b}", "start with {a}, times {b}", "multiply {a} and {b}"],
    "÷": ["divide {a} by {b}", "take {a}, divide by {b}", "{a} divided by {b}", "start with {a}, divide it by {b}", "split {a} into {b} parts"],
}
THEN = {
    "+": ["(then|and then|now|after that) add {c}", "and add {c}", "(then|and) plus {c}", "(then|and) increase it by {c}", "and {c} more", "and then {c} more", "next add {c}", "and finally add {c}", "then put {c} on top", "add {c} to the result", "and to that add {c}"],
    "-": ["(then|and then|now|after that) subtract {c}", "and take away {c}", "(then|and) minus {c}", "(then|and) remove {c}", "and reduce it by {c}", "next subtract {c}", "and finally subtract {c}", "then take {c} off", "then take away {c}", "and from that subtract {c}", "subtract {c} from the result", "less {c}"],
    "×": ["(then|and then|now|after that) multiply (it |the result |)by {c}", "and multiply by {c}", "then times {c}", "and take that {c} times", "next multiply by {c}", "and finally multiply by {c}", "times {c}", "and take the result times {c}"],
    "÷": ["(then|and then|now|after that) divide (it |the result |)by {c}", "and divide by {c}", "then split it into {c} parts", "next divide by {c}", "and finally divide by {c}", "then share it among {c}", "and take the result over {c}"],
}
ENDS = ["", "", ". what do you get", ". what is the result", ". how much is it", ", what is it", ", please", ". what is that", "; result"]
DOUBLES = [("double {a}", 2), ("twice {a}", 2), ("what is (double|twice) {a}", 2), ("{a} doubled", 2), ("two times {a}", 2), ("triple {a}", 3), ("what is three times {a}", 3), ("{a} tripled", 3), ("three times {a}", 3), ("what is four times {a}", 4)]
HALVES = [("half of {a}", 2), ("what is half of {a}", 2), ("halve {a}", 2), ("{a} halved", 2), ("a third of {a}", 3), ("what is a third of {a}", 3), ("a quarter of {a}", 4), ("what is one quarter of {a}", 4), ("a fifth of {a}", 5), ("how much is half of {a}", 2)]
