"""The command line: train, resume, evaluate, predict, show and compare."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from trainer import TrainerError
from trainer.settings import NETWORKS, Settings, read_settings, settings_for, with_changes

if TYPE_CHECKING:
    from trainer.data import Data
    from trainer.parts import Parts
    from trainer.runs import Evaluation, Run
    from trainer.session import Session

# The libraries in the `train` extra.
_TRAIN = ("PIL", "matplotlib", "scipy", "sklearn", "tensorflow")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Train networks built from your own functions: `python -m trainer train cnn`.",
)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


Network = Annotated[str, typer.Argument(help=f"The network: {', '.join(NETWORKS)}.")]
RunFolder = Annotated[Path, typer.Argument(help="The folder of a run.")]
PartsFolder = Annotated[
    str | None,
    typer.Option("--parts", help="The folder with the parts [default: exercises].", show_default=False),
]
Reference = Annotated[
    str | None,
    typer.Option(help="Parts to take from solutions/, for example layers,networks.", show_default=False),
]
DataName = Annotated[
    str | None, typer.Option(help="digits (needs no download), mnist or fashion_mnist.", show_default=False)
]
DataFolder = Annotated[
    str | None, typer.Option(help="The folder with the mnist or fashion_mnist files.", show_default=False)
]
DeviceName = Annotated[
    str | None, typer.Option("--devices", help="one, cpu, all, or a name such as gpu:1.", show_default=False)
]


def _option(text: str) -> Any:
    return typer.Option(help=text, show_default=False)


def _names(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(name for name in text.replace(" ", "").split(",") if name)


def _numbers(option: str, text: str | None) -> tuple[int, ...] | None:
    try:
        return None if text is None else tuple(int(number) for number in text.split(","))
    except ValueError:
        raise TrainerError(
            f"--{option} {text}: give whole numbers separated by commas, such as 16,36"
        ) from None


@app.command()
def train(
    network: Network,
    parts: PartsFolder = None,
    reference: Reference = None,
    data: DataName = None,
    data_folder: DataFolder = None,
    folder: Annotated[
        Path | None, typer.Option(help="Checkpoints and pictures go here [default: runs/NETWORK].")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier run.")] = False,
    iterations: Annotated[int | None, _option("Total training steps.")] = None,
    batch_size: Annotated[int | None, _option("Images per step.")] = None,
    learning_rate: Annotated[float | None, _option("The learning rate.")] = None,
    decay: Annotated[float | None, _option("Multiply the learning rate by this ...")] = None,
    decay_every: Annotated[int | None, _option("... after this many iterations.")] = None,
    optimizer: Annotated[str | None, _option("sgd, momentum or adam.")] = None,
    initializer: Annotated[
        str | None, _option("truncated_normal, large, small, glorot_uniform, glorot_normal or he_normal.")
    ] = None,
    last_initializer: Annotated[str | None, _option("The initializer of the last layer.")] = None,
    initial_bias: Annotated[float | None, _option("The initial value of the biases.")] = None,
    activation: Annotated[str | None, _option("relu, sigmoid or tanh.")] = None,
    pooling: Annotated[str | None, _option("max, average or stride.")] = None,
    dropout: Annotated[float | None, _option("The fraction of the dense layer's outputs to drop.")] = None,
    l2: Annotated[float | None, _option("The L2 penalty on weights.")] = None,
    augment: Annotated[bool, typer.Option("--augment", help="Shift, rotate and scale the images.")] = False,
    kernel_size: Annotated[int | None, _option("The height and width of the filters.")] = None,
    filters: Annotated[str | None, _option("Filters in each convolutional layer, for example 16,36.")] = None,
    units: Annotated[str | None, _option("Units in each dense layer, for example 128.")] = None,
    patience: Annotated[
        int | None, _option("Stop after more than this many iterations without improvement.")
    ] = None,
    validate_every: Annotated[int | None, _option("Iterations between validations.")] = None,
    save_every: Annotated[int | None, _option("Iterations between checkpoints.")] = None,
    keep: Annotated[int | None, _option("The number of checkpoints to keep.")] = None,
    seed: Annotated[int | None, _option("The random seed.")] = None,
    precision: Annotated[str | None, _option("float32 or bfloat16.")] = None,
    xla: Annotated[bool, typer.Option("--xla", help="Compile each step with XLA.")] = False,
    devices: DeviceName = None,
    logs: Annotated[Path | None, _option("Write TensorBoard logs to this folder.")] = None,
    pictures: Annotated[bool, typer.Option(help="Draw pictures at the end.")] = True,
) -> None:
    """Train a network, then save its best weights, pictures and a SavedModel."""
    settings = settings_for(
        network,
        parts=parts,
        reference=_names(reference),
        data=data,
        data_folder=data_folder,
        iterations=iterations,
        batch_size=batch_size,
        learning_rate=learning_rate,
        decay=decay,
        decay_every=decay_every,
        optimizer=optimizer,
        initializer=initializer,
        last_initializer=last_initializer,
        initial_bias=initial_bias,
        activation=activation,
        pooling=pooling,
        dropout=dropout,
        l2=l2,
        augment=augment or None,
        kernel_size=kernel_size,
        filters=_numbers("filters", filters),
        units=_numbers("units", units),
        patience=patience,
        validate_every=validate_every,
        save_every=save_every,
        keep=keep,
        seed=seed,
        precision=precision,
        xla=xla or None,
        devices=devices,
    )
    folder = folder or Path("runs") / network
    session = _assemble(settings, folder, with_data=True)
    if session.writes:
        if overwrite:
            session.clear()
        session.begin()
    _train(session, logs, pictures)


@app.command()
def resume(
    folder: RunFolder,
    iterations: Annotated[int | None, _option("Total training steps, including those already done.")] = None,
    logs: Annotated[Path | None, _option("Write TensorBoard logs to this folder.")] = None,
    pictures: Annotated[bool, typer.Option(help="Draw pictures at the end.")] = True,
) -> None:
    """Resume a run from its last checkpoint."""
    settings = read_settings(folder)
    if iterations is not None:
        settings = with_changes(settings, iterations=iterations)
    session = _assemble(settings, folder, with_data=True)
    path = session.parts.checkpoints.latest(str(folder))
    if path is None:
        raise TrainerError(f"{folder} has no checkpoint to resume from: train again with --overwrite")
    session.restore(path)
    made = len(session.history.losses)
    console.print(f"resuming after iteration {made:,}, from {path}", markup=False)
    if made >= settings.iterations:
        raise TrainerError(
            f"all {settings.iterations:,} iterations are done; to train longer, use --iterations {2 * made}"
        )
    if session.writes:
        session.keep_settings()
    _train(session, logs, pictures)


@app.command()
def evaluate(
    folder: RunFolder,
    checkpoint: Annotated[
        Path | None, typer.Option(help="The checkpoint to use [default: the best, else the last].")
    ] = None,
    parts: PartsFolder = None,
    reference: Reference = None,
    data: DataName = None,
    data_folder: DataFolder = None,
    pictures: Annotated[bool, typer.Option(help="Draw pictures.")] = True,
) -> None:
    """Evaluate a trained network on the test images."""
    session = _trained(
        folder, checkpoint, parts, reference, data=data, data_folder=data_folder, with_data=True
    )
    evaluation = _tested(session)
    from trainer.pictures import confusion_text  # matplotlib takes a second

    assert session.data is not None
    matrix = evaluation.confusion(len(session.data.class_names))
    console.print(confusion_text(matrix, session.data.class_names), markup=False)
    if pictures:
        _draw(session, evaluation)


@app.command()
def predict(
    folder: RunFolder,
    images: Annotated[
        list[Path], typer.Argument(help="PNG or JPEG pictures of any size, each of one digit.")
    ],
    checkpoint: Annotated[
        Path | None, typer.Option(help="The checkpoint to use [default: the best, else the last].")
    ] = None,
    parts: PartsFolder = None,
    reference: Reference = None,
    by_hand: Annotated[
        bool,
        typer.Option(
            "--by-hand", help="Compute in NumPy, with your own functions, and compare with TensorFlow."
        ),
    ] = False,
) -> None:
    """Classify pictures; show the probabilities of the three most likely classes."""
    import numpy as np  # imported here so that --help is quick

    from trainer.data import class_names
    from trainer.photographs import PictureError, read_picture

    read, failed = [], False
    for path in images:
        try:
            read.append((path, read_picture(path)))
        except PictureError as error:
            errors.print(str(error), markup=False, soft_wrap=True)
            failed = True
    if read:
        session = _trained(folder, checkpoint, parts, reference)
        names = class_names(session.settings.data)
        pictures = np.stack([image for _, image in read])
        logits = session.logits(pictures)
        if by_hand and session.settings.network != "numpy":
            from trainer.by_hand import logits_by_hand

            own = logits_by_hand(session.settings, session.training.arrays(), pictures)
            difference = float(np.abs(own - logits).max())
            console.print(
                f"by hand; the largest difference from TensorFlow's logits is {difference:.1e}", markup=False
            )
            logits = own
        probabilities = session.parts.classification.softmax(logits)
        for (path, _), row in zip(read, probabilities, strict=True):
            console.print(f"{path}: {names[int(row.argmax())]}", markup=False, style="bold")
            for place in row.argsort()[::-1][:3]:
                bar = "#" * round(30 * float(row[place]))
                console.print(f"  {names[int(place)]:<12} {row[place]:6.1%}  {bar}", markup=False)
    if failed:
        raise typer.Exit(1)


@app.command()
def show(
    network: Annotated[str, typer.Argument(help=f"{', '.join(NETWORKS)}, or vgg16: the original VGG.")],
    parts: PartsFolder = None,
    reference: Reference = None,
    filters: Annotated[str | None, _option("Filters in each convolutional layer, for example 16,36.")] = None,
    units: Annotated[str | None, _option("Units in each dense layer, for example 128.")] = None,
    kernel_size: Annotated[int | None, _option("The height and width of the filters.")] = None,
) -> None:
    """Show a network's layers with their shapes and parameter counts."""
    from trainer.structure import numpy_table, structure_table, vgg16_table

    name = "vgg" if network == "vgg16" else network
    settings = settings_for(
        name,
        parts=parts,
        reference=_names(reference),
        filters=_numbers("filters", filters),
        units=_numbers("units", units),
        kernel_size=kernel_size,
    )
    if network == "vgg16":
        console.print(vgg16_table(_parts(settings)))
        return
    if network == "numpy":
        console.print(numpy_table(_parts(settings), settings.structure))
        return
    console.print(structure_table(_tensorflow_session(settings, None, Path("runs") / network)))


@app.command()
def compare(
    what: Annotated[
        str, typer.Argument(help="init, optimizers, networks, activations, pooling, dropout or precision.")
    ],
    seeds: Annotated[int, typer.Option(help="The number of seeds for each variant.", min=2)] = 5,
    iterations: Annotated[int | None, _option("Training steps of each run.")] = None,
    network: Annotated[
        str | None, _option("The network to train; for networks: names separated by commas.")
    ] = None,
    learning_rate: Annotated[float | None, _option("The learning rate, the same for all variants.")] = None,
    parts: PartsFolder = None,
    reference: Reference = None,
    data: DataName = None,
    data_folder: DataFolder = None,
    precision: Annotated[str | None, _option("float32 or bfloat16.")] = None,
    folder: Annotated[
        Path | None, typer.Option(help="The table and pictures go here [default: runs/compare-WHAT].")
    ] = None,
) -> None:
    """Compare variants, each trained with several seeds; test whether the differences are significant."""
    from trainer.experiments import run_comparison

    chosen = {
        "parts": parts,
        "reference": _names(reference),
        "data": data,
        "data_folder": data_folder,
        "iterations": iterations,
        "learning_rate": learning_rate,
        "precision": precision,
    }

    def assemble(settings: Settings, examples: Data | None) -> Run:
        return _assemble(settings, Path(), with_data=True, data=examples, quiet=examples is not None)

    run_comparison(
        what, network, seeds, chosen, assemble, folder or Path("runs") / f"compare-{what}", console
    )


@app.command()
def demo(
    exercise: Annotated[str, typer.Argument(help="An exercise, for example convolution.")],
    parts: PartsFolder = None,
    reference: Reference = None,
    folder: Annotated[Path, typer.Option(help="The picture goes here.")] = Path("runs") / "demos",
) -> None:
    """Show your own function at work: edges of a photograph by your conv2d, paths of your optimizers ..."""
    from trainer.demos import demonstrate, needs_tensorflow

    if needs_tensorflow(exercise):
        _import_tensorflow()
    path = demonstrate(exercise, Path(parts or "exercises"), _names(reference) or (), folder)
    console.print(f"look at {path}", markup=False)


# Shared by the commands.


def _parts(settings: Settings) -> Parts:
    from trainer.parts import called_by, load_parts

    if settings.network != "numpy":
        _import_tensorflow()
    return load_parts(
        Path(settings.parts), settings.reference, Path("solutions"), called_by(settings.network)
    )


def _import_tensorflow() -> None:
    """Import TensorFlow without its start-up messages, which are about its build and not about this run."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        # TensorFlow writes some messages before it reads the variable above.
        os.dup2(nowhere, 2)
        import tensorflow

        # A comparison makes many networks in one process on purpose; TensorFlow would warn about each.
        tensorflow.get_logger().setLevel("ERROR")
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _assemble(
    settings: Settings,
    folder: Path,
    with_data: bool = False,
    data: Data | None = None,
    quiet: bool = False,
) -> Run:
    """Return the run for these settings; TensorFlow is imported only here, and only if the network needs it."""
    from trainer.parts import called_by, find_parts

    # Report missing parts at once; TensorFlow takes seconds to import.
    find_parts(Path(settings.parts), settings.reference, called=called_by(settings.network))
    if with_data and data is None:
        from trainer.data import load

        data = load(settings.data, Path(settings.data_folder) if settings.data_folder else None)
    run: Run
    if settings.network == "numpy":
        from trainer.numpy_session import NumpySession

        run = NumpySession(_parts(settings), settings, data, folder)
    else:
        run = _tensorflow_session(settings, data, folder)
    if not quiet and run.writes:
        console.print(run.parts.whose(), markup=False, soft_wrap=True)
        console.print(f"on {run.described}", markup=False)
    return run


def _tensorflow_session(settings: Settings, data: Data | None, folder: Path) -> Session:
    parts = _parts(settings)
    from trainer.devices import choose_devices
    from trainer.session import Session

    devices = choose_devices(settings.devices)
    return Session(parts, settings, data, folder, devices)


def _trained(
    folder: Path,
    checkpoint: Path | None,
    parts: str | None,
    reference: str | None,
    with_data: bool = False,
    **changes: str | None,
) -> Run:
    """Return a folder's session with the weights from `checkpoint`, else the best ones, else the last ones."""
    settings = read_settings(folder)
    # Reported before TensorFlow is imported, like a missing part.
    if checkpoint and not checkpoint.exists():
        raise TrainerError(f"no checkpoint {checkpoint}")
    changed: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    if parts is not None:
        changed |= {"parts": parts, "reference": ()}
    if reference is not None:
        changed["reference"] = _names(reference)
    session = _assemble(with_changes(settings, **changed), folder, with_data=with_data)
    best = folder / "best.npz"
    path = str(checkpoint or (best if best.exists() else "")) or session.parts.checkpoints.latest(str(folder))
    if path is None:
        raise TrainerError(f"{folder} has no checkpoint yet")
    session.restore_weights(path)
    console.print(f"weights from {path}", markup=False)
    return session


def _train(session: Run, logs: Path | None, pictures: bool) -> None:
    from trainer.display import progress_display
    from trainer.runs import Interrupted

    histograms = session.folder / "histograms-at-first.png"
    if session.writes and pictures and not session.history.losses:
        from trainer.album import write_histograms

        write_histograms(session, histograms)
    try:
        with progress_display(session, console, logs) as watch:
            session.train(watch)
    except Interrupted:
        made = session.iteration
        console.print(
            f"stopped after iteration {made:,}; resume with: python -m trainer resume {session.folder}",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(130) from None
    if not session.writes:
        return
    why = "stopped early: no improvement" if session.history.stopped else "all iterations done"
    minutes, seconds = divmod(round(session.seconds), 60)
    console.print(f"{why}; training time: {minutes}:{seconds:02d}", markup=False)
    evaluation = _tested(session)
    if pictures:
        _draw(session, evaluation)
    if session.settings.network == "numpy":
        console.print(f"checkpoints are in {session.folder}", markup=False)
        return
    from trainer.export import export

    export(session.training.network, session.folder / "saved_model")
    console.print(f"checkpoints and saved_model are in {session.folder}", markup=False)


def _tested(session: Run) -> Evaluation:
    assert session.data is not None
    evaluation = session.evaluate(session.data.test)
    console.print(f"test accuracy: {evaluation}", markup=False, style="bold")
    return evaluation


def _draw(session: Run, evaluation: Evaluation) -> None:
    from trainer.album import write_album

    paths = write_album(session, evaluation, session.folder)
    console.print(f"{len(paths)} pictures are in {session.folder}", markup=False)


def main() -> None:
    """Run the command line. A user error, or an error in a part, is printed as one line."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in NETWORKS:
        # `python -m trainer cnn` is short for `python -m trainer train cnn`.
        arguments.insert(0, "train")
    try:
        app(arguments, standalone_mode=True)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except TrainerError as error:
        _complain(str(error))
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _TRAIN:
            raise
        _complain(f"the trainer needs {error.name}: pip install 'convolution-course[train]'")
    except Exception as error:
        from trainer.parts import blame

        line = blame(error)
        if line is None or "TRAINER_TRACEBACK" in os.environ:
            raise
        _complain(f"{line} (for the full traceback, set TRAINER_TRACEBACK=1)")


def _complain(line: str) -> None:
    errors.print(line, markup=False, soft_wrap=True, style="red")
    raise SystemExit(1)
