// A button that copies the stub of an exercise.
{
  const [pre, copy, told] = document.querySelector(".stub").children;
  copy.hidden = false;
  copy.onclick = async () => {
    getSelection().selectAllChildren(pre);
    try {
      await navigator.clipboard.writeText(pre.textContent);
      told.textContent = "Copied.";
    } catch { told.textContent = "Selected: now copy it as any other text."; }
  };
}
