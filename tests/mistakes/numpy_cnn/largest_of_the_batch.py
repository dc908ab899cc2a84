"""You took the largest logit of each class over the batch; each image has its row of logits:
`predicted_class` takes the largest of each."""


class Training(Training):
    def predict(self, images, batch_size=256):
        return predict_in_batches(
            lambda batch: np.resize(forward(self.weights, batch)[0].argmax(axis=0), len(batch)),
            images,
            batch_size,
        )
