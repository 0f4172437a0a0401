using System.Collections.Concurrent;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A place for a process to die at: a request to the storage, before it was sent or after it was answered.</summary>
public sealed record CrashStep(int Call, bool Sent)
{
    private const int AtOnce = 4;

    /// <summary>What queries of the emulator cost grows with the rows of a table: after more plays than these another storage is cheaper.</summary>
    private const int PlaysPerStorage = 5;

    /// <summary>Says at which step a run of the tests begins where it plays only one in so many; not set: anywhere, so that in time all are played.</summary>
    private const string FromSetting = "CrashStep_From";

    public Fault? At(StorageCall call) => call.Number != Call ? null : Sent ? Fault.CrashAfter(call) : Fault.CrashBefore(call);

    /// <summary>
    /// Has a new process do something until it dies at this step. Where the storage was slow when the requests were counted, one was sent
    /// twice, and the last steps lie beyond the end.
    /// </summary>
    public async Task DieAsync(World world, Func<Worker, Task> act)
    {
        var doomed = world.StartWorker(At);
        var thrown = await Record.ExceptionAsync(() => act(doomed));
        Assert.True(thrown is CrashException || (thrown is null && doomed.Storage.Calls.Count <= Call), $"{this} was passed alive: {thrown}");
    }

    /// <summary>Plays a scene once for each step of it, and fails with all that went wrong.</summary>
    /// <param name="calls">How many requests the scene makes without a crash.</param>
    /// <param name="play">Plays the scene with a crash at the step; says what is wrong afterwards.</param>
    /// <param name="stride">1: every step; more: only one in so many, from another one each time.</param>
    public static async Task PlayAllAsync(int calls, Func<CrashStep, Task<IReadOnlyList<string>>> play, int stride = 1)
    {
        var (steps, from) = StepsOf(calls, stride);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(steps, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (step, _) =>
        {
            foreach (var line in await play(step))
            {
                wrong.Add($"{step}: {line}");
            }
        });
        AssertNothingWrong(wrong, from);
    }

    /// <summary>The same with plays that share a storage, a few at once: it is filled once, and looked over once they are all done.</summary>
    /// <param name="set">Fills a storage.</param>
    /// <param name="play">As above, in that storage, with what is wrong with this play alone.</param>
    /// <param name="check">What is wrong with a storage at the end.</param>
    public static async Task PlayAllAsync<TScene>(
        int calls,
        Func<Task<TScene>> set,
        Func<TScene, CrashStep, Task<IReadOnlyList<string>>> play,
        Func<TScene, Task<IReadOnlyList<string>>> check,
        int stride = 1)
        where TScene : IAsyncDisposable
    {
        var (steps, from) = StepsOf(calls, stride);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(steps.Chunk(PlaysPerStorage), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (some, _) =>
        {
            await using var scene = await set();
            foreach (var step in some)
            {
                foreach (var line in await play(scene, step))
                {
                    wrong.Add($"{step}: {line}");
                }
            }

            foreach (var line in await check(scene))
            {
                wrong.Add(line);
            }
        });
        AssertNothingWrong(wrong, from);
    }

    public static (IReadOnlyList<CrashStep> Steps, int From) StepsOf(int calls, int stride)
    {
        var all = Enumerable.Range(0, calls).SelectMany(call => new[] { new CrashStep(call, false), new CrashStep(call, true) });
        var from = int.TryParse(Environment.GetEnvironmentVariable(FromSetting), out var set) ? set % stride : Random.Shared.Next(stride);
        return ([.. all.Where((_, index) => index % stride == from)], from);
    }

    private static void AssertNothingWrong(ConcurrentBag<string> wrong, int from) =>
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong.Order().Prepend($"With {FromSetting}={from}:")));
}
