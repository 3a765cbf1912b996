enum ParleyCorePlaceholder {}
