using Azure;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>What happens to a request on its way.</summary>
public sealed record Fault
{
    /// <summary>Before it is sent: may wait, and may throw.</summary>
    public Func<Task>? Before { get; init; }

    /// <summary>Given: the storage never sees the request, this is the answer.</summary>
    public Func<Response>? Instead { get; init; }

    /// <summary>After it was answered, before anyone hears of the answer: may wait, and may throw.</summary>
    public Func<Task>? After { get; init; }

    public static Fault CrashBefore(StorageCall call) => new() { Before = () => throw new CrashException($"Before {call} was sent.") };

    public static Fault CrashAfter(StorageCall call) => new() { After = () => throw new CrashException($"After {call} was answered.") };

    /// <summary>The connection breaks before the storage has seen the request.</summary>
    public static Fault Reset() => new() { Before = () => throw new IOException("Connection reset before it was sent.") };

    /// <summary>The storage has done what it was asked to, and the connection breaks before it can say so.</summary>
    public static Fault AnswerLost() => new() { After = () => throw new IOException("Connection reset after it was sent.") };

    public static Fault Answers(int status) => new() { Instead = () => CannedResponse.Error(status) };

    /// <summary>A transaction is refused inside an answer that says 202.</summary>
    public static Fault AnswersInside(int status) => new() { Instead = () => CannedResponse.TransactionError(status) };

    /// <summary>Says that it got here, then waits until it may go on.</summary>
    public static Fault HoldBefore(Gate gate) => new() { Before = gate.PassAsync };

    public static Fault HoldAfter(Gate gate) => new() { After = gate.PassAsync };
}
