namespace CertFunctions.TestWorlds.Faults;

/// <summary>Holds one that comes by until it is opened, so that a test decides who comes first.</summary>
public sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when somebody stands before the gate.</summary>
    public Task Reached => reached.Task.WaitAsync(Patience);

    public void Open() => opened.TrySetResult();

    public Task PassAsync()
    {
        reached.TrySetResult();
        return opened.Task.WaitAsync(Patience);
    }
}
