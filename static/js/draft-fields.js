/* draft-fields.js: the fields of the form of a submission, and the counters below them. Answers are
   lists of texts by the name of the question: one text, or a slug for every box that is ticked. */
window.DraftFields = (() => {
  const COUNT_FROM = 30;

  /* As the portal keeps an answer: spaces and signs that nobody sees do not count. */
  const plain = (answer = []) =>
    [...answer].sort().join("\n").normalize().replace(/\s+/g, " ").replace(/\p{C}/gu, "").trim();

  return class DraftFields {
    constructor(form) {
      this.form = form;
      this.counters = [...document.querySelectorAll("[data-counter-for]")];
      for (const counter of this.counters) counter.dataset.most = counter.textContent;
      form.addEventListener("input", () => this.count());
      this.count();
    }

    static isSame(one, other) {
      return plain(one) === plain(other);
    }

    get all() {
      const isAnswer = ({ name, type }) => name && type !== "hidden" && type !== "submit";
      return [...this.form.elements].filter(isAnswer);
    }

    answers() {
      const answers = {};
      for (const { name, type, value, checked } of this.all) {
        answers[name] ??= [];
        if (type !== "checkbox" || checked) answers[name].push(value);
      }
      return answers;
    }

    /* Names that `answers` lacks keep what they have. */
    fill(answers) {
      for (const field of this.all.filter(({ name }) => answers[name])) {
        const [first = ""] = answers[field.name];
        if (field.type === "checkbox") field.checked = answers[field.name].includes(field.value);
        else if (field.value !== first) field.value = first;
      }
      this.count();
    }

    /* What is left is said where it gets scarce, in characters as people count them. */
    count() {
      const { left, over } = this.form.dataset;
      for (const counter of this.counters) {
        const field = document.getElementById(counter.dataset.counterFor);
        const room = field.dataset.most - [...field.value].length;
        const sentence = (room < 0 ? over : left).replace("{n}", Math.abs(room));
        counter.textContent = room > COUNT_FROM ? counter.dataset.most : sentence;
        counter.classList.toggle("danger", room < 0);
      }
      this.countAnswered();
    }

    /* A question is answered when its first language is. */
    countAnswered() {
      const answered = document.querySelector("[data-answered]");
      const answers = this.answers();
      const isAnswered = (question) => {
        const { name } = question.querySelector("input:not([type=hidden]), select, textarea");
        return answers[name].some((answer) => answer.trim());
      };
      const questions = [...this.form.querySelectorAll(".field")];
      const text = answered.dataset.answered.replace("{n}", questions.filter(isAnswered).length);
      answered.textContent = text;
    }

    /* How a question is called and what an answer to it says, for people to read. */
    inWords(name, answer) {
      const fields = this.all.filter((field) => field.name === name);
      const label = fields[0].closest("fieldset")?.querySelector("legend") ?? fields[0].labels[0];
      const choices = [...(fields[0].options ?? fields.filter(({ type }) => type === "checkbox"))];
      const chosen = choices.filter(({ value }) => answer.includes(value));
      const words = chosen.map((choice) => choice.text ?? choice.labels[0].innerText);
      return [label.innerText, (choices.length ? words.join("\n") : answer[0]) || "–"];
    }
  };
})();
