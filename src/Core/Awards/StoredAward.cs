using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>The latest version of an award as it is stored.</summary>
/// <param name="Name">How the lists show the user at present.</param>
/// <param name="Revision">Names this state of the stored row; a rename changes it, too.</param>
public sealed record StoredAward(Award Award, PersonName Name, string Revision);
