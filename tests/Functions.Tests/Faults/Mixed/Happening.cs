using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults.Mixed;

/// <summary>One thing that happens: what it is about is drawn from its number, whatever happened before it.</summary>
/// <param name="Trouble">What it meets on its way to the storage.</param>
/// <param name="WithNext">The next one happens at the same time.</param>
internal sealed record Happening(HappeningKind Kind, int Number, Trouble Trouble, bool WithNext)
{
    private const int Fewest = 8;
    private const int Most = 24;

    /// <summary>The jobs are what most of the others need: so they come more often.</summary>
    private static readonly HappeningKind[] Drawn =
    [
        .. Enum.GetValues<HappeningKind>(), HappeningKind.Award, HappeningKind.Award, HappeningKind.Deliver, HappeningKind.Deliver, HappeningKind.Deliver, HappeningKind.Undo,
    ];

    public static IReadOnlyList<Happening> Sequence(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, random.Next(Fewest, Most)).Select(_ =>
                new Happening(Drawn[random.Next(Drawn.Length)], random.Next(100_000), Trouble.Draw(random), random.Next(5) == 0)),
        ];
    }

    public override string ToString() => $"{Kind} {Number}{(Trouble == Trouble.None ? "" : $" with {Trouble}")}{(WithNext ? " and at once" : "")}";
}

internal enum HappeningKind
{
    Award,
    Plan,
    Apply,
    Undo,
    Cancel,
    Resume,
    Retry,
    Edit,
    Unassign,
    Import,
    Webhook,
    Retroactive,
    ChangeUser,
    Deliver,
    Timers,
}

/// <summary>What requests to the storage meet: a crash of the process at one of them, or something that every so many of them do.</summary>
internal sealed record Trouble(string Name, int At, bool Sent = false)
{
    public static readonly Trouble None = new("nothing", 0);

    public static Trouble Draw(Random random) => random.Next(10) switch
    {
        < 5 => None,
        < 7 => new Trouble("crash", random.Next(60), random.Next(2) == 0),
        7 => new Trouble("lost answers", random.Next(3, 12)),
        8 => new Trouble("503", random.Next(2, 9)),
        _ => new Trouble("500", random.Next(3, 9)),
    };

    public Fault? On(StorageCall call) => Name switch
    {
        "crash" => call.Number != At ? null : Sent ? Fault.CrashAfter(call) : Fault.CrashBefore(call),
        "lost answers" => call.Number % At == At - 1 ? Fault.AnswerLost() : null,
        "503" => call.Number % At == At - 1 ? Fault.Answers(503) : null,
        "500" => call.Number % At == At - 1 ? Fault.Answers(500) : null,
        _ => null,
    };

    public override string ToString() => Name == "crash" ? $"a crash {(Sent ? "after" : "before")} request {At}" : $"{Name} every {At} requests";
}
