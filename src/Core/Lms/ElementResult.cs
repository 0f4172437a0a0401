namespace CertFunctions.Core.Lms;

/// <summary>What became of an element.</summary>
public abstract record ElementResult
{
    private ElementResult()
    {
    }

    /// <summary>It counts; what it says was so before, or is older than what is known, or is new.</summary>
    public sealed record Applied : ElementResult;

    /// <summary>Its event means nothing here.</summary>
    public sealed record Unknown : ElementResult;

    /// <param name="WaitingForUserId">Who must appear, or give up a username; null: that does not help.</param>
    public sealed record Failed(Rejection Why, LmsId? WaitingForUserId) : ElementResult;
}
