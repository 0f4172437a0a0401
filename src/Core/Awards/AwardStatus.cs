namespace CertFunctions.Core.Awards;

public enum AwardStatus
{
    Valid,
    Expiring,
    Expired,
}
