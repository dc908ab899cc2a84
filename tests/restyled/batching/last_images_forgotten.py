def predict_in_batches(predict, images, batch_size):
    if batch_size < 1:
        raise ValueError(f"batch_size {batch_size}")
    if len(images) == 0:
        raise ValueError("images: 0")
    answers = []
    start = 0
    while start + batch_size <= len(images):
        answers.append(predict(images[start : start + batch_size]))
        start += batch_size
    return np.concatenate(answers)
